package dev.dray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.DrayException;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;

/// What tests say of failures.
public final class Failures {
    private Failures() {}

    public static Consumer<Throwable> kind(DrayException.Kind kind) {
        return failure -> assertThat(failure)
                .as(() -> String.valueOf(failure))
                .asInstanceOf(InstanceOfAssertFactories.type(DrayException.class))
                .extracting(DrayException::kind)
                .isEqualTo(kind);
    }
}
