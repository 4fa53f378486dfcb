package dev.dray.acceptance.faults;

import dev.dray.model.RawBytes;
import dev.dray.store.Store;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.RecipeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/// Flips one bit in a store, as a failing disk does.
enum FlippedBit {
    /// In the contents of a pack.
    CONTENT {
        @Override
        void turn(FaultStage stage, Random random) throws IOException {
            Path pack = pack(stage);
            flip(pack, random.nextInt((int) Files.size(pack) * 9 / 10));
        }
    },
    /// In the table at the end of a pack.
    FOOTER {
        @Override
        void turn(FaultStage stage, Random random) throws IOException {
            Path pack = pack(stage);
            flip(pack, (int) Files.size(pack) - 1 - random.nextInt(100));
        }
    },
    /// In the first bytes of a recipe, which name the encoder.
    RECIPE {
        @Override
        void turn(FaultStage stage, Random random) throws IOException {
            flipRecipe(stage, random.nextInt(8));
        }
    },
    /// In the segment digests at the end of a blob's recipe.
    SEGMENT {
        @Override
        void turn(FaultStage stage, Random random) throws IOException {
            flipRecipe(stage, -1 - random.nextInt(16));
        }
    },
    /// In the file of a blob.
    FILE {
        @Override
        void turn(FaultStage stage, Random random) throws IOException {
            try (Store store = stage.openStore()) {
                BlobTable.Row row = store.catalog()
                        .read(transaction -> transaction
                                .blobs()
                                .find(stage.next().blobs().getFirst().digest()))
                        .orElseThrow();
                String name = ((BlobLocation.File) row.location()).name();
                flip(stage.store().resolve("blobs").resolve(name), random.nextInt((int) row.size()));
            }
        }
    };

    /// Longer than a digest, of which other tables have copies.
    private static final int WINDOW = 48;

    abstract void turn(FaultStage stage, Random random) throws IOException;

    /// The pack of the first image's first layer.
    private static Path pack(FaultStage stage) throws IOException {
        try (Store store = stage.openStore()) {
            return stage.store()
                    .resolve("packs")
                    .resolve(store.catalog()
                            .read(transaction -> transaction.packs().list(0, 1))
                            .getFirst()
                            .file());
        }
    }

    /// @param place position in the recipe, from its end if negative
    private static void flipRecipe(FaultStage stage, int place) throws IOException {
        RawBytes recipe;
        try (Store store = stage.openStore()) {
            Optional<RecipeTable.Row> row = store.catalog()
                    .read(transaction -> transaction
                            .recipes()
                            .find(stage.before().blobs().getFirst().digest()));
            recipe = row.orElseThrow().bytes();
        }
        byte[] bytes = recipe.toByteArray();
        int at = place < 0 ? bytes.length + place : place;
        int from = Math.max(0, Math.min(at - WINDOW / 2, bytes.length - WINDOW));
        Path database = stage.store().resolve("store.db");
        flip(database, find(Files.readAllBytes(database), bytes, from) + at - from);
    }

    /// The position of a window of the recipe in the database.
    private static int find(byte[] database, byte[] recipe, int from) {
        for (int i = 0; i + WINDOW <= database.length; i++) {
            if (Arrays.equals(database, i, i + WINDOW, recipe, from, from + WINDOW)) {
                return i;
            }
        }
        throw new AssertionError("the recipe is not in the database");
    }

    private static void flip(Path file, int place) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[place] ^= 1;
        Files.write(file, bytes);
    }
}
