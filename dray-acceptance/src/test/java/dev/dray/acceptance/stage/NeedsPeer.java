package dev.dray.acceptance.stage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tests that need other programs. Without them the tests are skipped by name; where `CI` is set they fail, for there
/// all of them are installed.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PeerCondition.class)
public @interface NeedsPeer {
    Peer[] value();

    /// Whether the test needs root, for mounts or a daemon.
    boolean asRoot() default false;
}
