package dev.dray.layer.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.deflate.go.Sample;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GzipRecipeTest {
    private static GzipRecipe recipe() throws IOException {
        byte[] plain = Blobs.plain(5 << 20, 31);
        return Blobs.scan(Blobs.go(plain, 6), Blobs.go(Sample.mixed(9, 1), 1), new byte[5])
                .proven(1);
    }

    @Test
    void comesBackFromItsStoredForm() throws IOException {
        GzipRecipe recipe = recipe();
        assertThat(GzipRecipe.parse(recipe.toBytes())).isEqualTo(recipe);
        assertThat(recipe.toBytes().size())
                .isLessThan(150 + 20 * recipe.segments().size());
    }

    @Test
    void everyFlippedBitIsRefused() throws IOException {
        byte[] stored = recipe().toBytes().toByteArray();
        for (int bit = 0; bit < stored.length * 8; bit++) {
            byte[] flipped = stored.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(Kind.CORRUPT, flipped);
        }
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] stored = recipe().toBytes().toByteArray();
        for (int length = 0; length < stored.length; length++) {
            assertRefused(Kind.CORRUPT, Arrays.copyOf(stored, length));
        }
    }

    @Test
    void newerVersionsAndOtherKindsAreUnsupported() throws IOException {
        byte[] stored = recipe().toBytes().toByteArray();
        for (int field : new int[] {3, 4}) {
            for (int value : new int[] {0, 2, 3, 255}) {
                byte[] other = stored.clone();
                other[field] = (byte) value;
                assertRefused(Kind.UNSUPPORTED, checked(other));
            }
        }
    }

    @Test
    void contradictionsUnderAGoodCheckAreNeverAnotherFailure() throws IOException {
        byte[] stored = recipe().toBytes().toByteArray();
        for (int bit = 40; bit < (stored.length - 8) * 8; bit++) {
            byte[] flipped = stored.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                GzipRecipe read = GzipRecipe.parse(RawBytes.copyOf(checked(flipped)));
                assertThat(GzipRecipe.parse(read.toBytes())).isEqualTo(read);
            } catch (DrayException refused) {
                assertThat(refused.kind()).isIn(Kind.CORRUPT, Kind.UNSUPPORTED);
            }
        }
    }

    static byte[] checked(byte[] body) {
        byte[] all = body.clone();
        byte[] check = Digest.sha256(Arrays.copyOf(all, all.length - 8)).toByteArray();
        System.arraycopy(check, 0, all, all.length - 8, 8);
        return all;
    }

    private static void assertRefused(Kind kind, byte[] stored) {
        assertThatThrownBy(() -> GzipRecipe.parse(RawBytes.copyOf(stored)))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
