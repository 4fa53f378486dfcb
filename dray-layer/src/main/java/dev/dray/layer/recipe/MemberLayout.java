package dev.dray.layer.recipe;

import java.util.List;

/// Where each member of a recipe lies in the blob and in the plain bytes.
public final class MemberLayout {
    private final List<RecipeMember> members;
    private final long[] offsets;
    private final long[] plainOffsets;

    /// @throws ArithmeticException when the lengths add up to more than a long holds
    public MemberLayout(List<RecipeMember> members) {
        this.members = members;
        offsets = new long[members.size() + 1];
        plainOffsets = new long[members.size() + 1];
        for (int i = 0; i < members.size(); i++) {
            offsets[i + 1] = Math.addExact(offsets[i], members.get(i).length());
            plainOffsets[i + 1] = Math.addExact(plainOffsets[i], members.get(i).plainLength());
        }
    }

    public int count() {
        return members.size();
    }

    public RecipeMember member(int index) {
        return members.get(index);
    }

    /// Where the member begins in the blob; of the count of members, where the last one ends.
    public long offset(int index) {
        return offsets[index];
    }

    /// Where its plain bytes begin; of the count of members, where the last one's end.
    public long plainOffset(int index) {
        return plainOffsets[index];
    }

    public long deflateOffset(int index) {
        return offsets[index] + members.get(index).header().size();
    }
}
