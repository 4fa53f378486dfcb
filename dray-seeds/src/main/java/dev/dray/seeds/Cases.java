package dev.dray.seeds;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// Runs a test once for each of many cases; its parameter is the [Draw] from which it makes the case.
///
/// The first case has the seed that [Seeds] gives, each further one the next number. A failure names the seed of its
/// case, and `-Ddray.seed=N` makes that case the first.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(CasesExtension.class)
public @interface Cases {
    /// How many cases.
    int value() default 1000;
}
