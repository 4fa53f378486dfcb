package dev.dray.engine.adopt.search;

import java.util.List;

/// How many encoders are tried at a layer of which nothing is known.
public enum Effort {
    /// All that are known.
    WHOLE,
    /// Those of level 9 are left out: together they take three times as long as all others.
    FAST;

    /// The encoders to add when none of the candidates fits.
    String leftOut() {
        return this == WHOLE ? "" : "; those of level 9 were not tried";
    }

    /// Likeliest first.
    List<Candidate> candidates() {
        return Candidates.all().stream()
                .filter(candidate -> this == WHOLE || !candidate.slow())
                .toList();
    }
}
