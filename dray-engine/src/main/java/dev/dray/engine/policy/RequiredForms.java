package dev.dray.engine.policy;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.store.Store;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Computes the storage form that is required of a blob: the most generous of what the policy says for each
/// repository that has it, and a file where a pinned image has it. Reads the store on each call; thread safe.
///
/// @param policy as it was when the work began
/// @param own the repositories that the work is about, of those that have a blob or will have it
/// @param instead the form in those repositories, in place of the policy's
public record RequiredForms(
        Store store, LayerPolicy policy, Function<Digest, Set<RepositoryName>> own, Optional<StorageForm> instead) {
    private static final int PAGE = 200;

    /// The forms when all blobs are in `own`, or will be.
    public static RequiredForms in(Store store, LayerPolicy policy, Set<RepositoryName> own) {
        return new RequiredForms(store, policy, _ -> own, Optional.empty());
    }

    /// A required form, and the reason of a file.
    public record Requirement(StorageForm form, LayerState.Form.Reason reason) {}

    public Requirement of(Descriptor blob) {
        Set<RepositoryName> holders = own.apply(blob.digest());
        StorageForm required =
                instead.orElseGet(() -> policy.of(holders, blob.size())).or(others(blob, holders));
        boolean pinned =
                store.catalog().read(transaction -> transaction.policies().pinHolds(blob.digest()));
        return pinned && !required.file()
                ? new Requirement(StorageForm.BLOB, LayerState.Form.Reason.PINNED)
                : new Requirement(required, LayerState.Form.Reason.POLICY);
    }

    /// The most generous form of the repositories that the work is not about.
    private StorageForm others(Descriptor blob, Set<RepositoryName> but) {
        StorageForm most = StorageForm.RECIPE;
        if (policy.rules().isEmpty() && policy.usual() == most) {
            return most; // no repository can require more
        }
        for (List<RepositoryName> page :
                Pages.of(store.catalog(), PAGE, Transaction::repositories, Function.identity())) {
            for (RepositoryName holder : holders(blob, page, but)) {
                most = most.or(policy.of(holder, blob.size()));
            }
        }
        return most;
    }

    private List<RepositoryName> holders(Descriptor blob, List<RepositoryName> names, Set<RepositoryName> but) {
        return store.catalog().read(transaction -> {
            List<RepositoryName> holders = new ArrayList<>();
            for (RepositoryName name : names) {
                if (!but.contains(name) && has(transaction, name, blob)) {
                    holders.add(name);
                }
            }
            return holders;
        });
    }

    private static boolean has(Transaction transaction, RepositoryName name, Descriptor blob) {
        return transaction.repository(name).links().find(blob.digest()).isPresent();
    }
}
