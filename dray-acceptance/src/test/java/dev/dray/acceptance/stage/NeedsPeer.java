package dev.dray.acceptance.stage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tests that need programs of others. Where one is missing they are skipped by name; where `CI` is set they fail,
/// for there all of them are installed.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PeerCondition.class)
public @interface NeedsPeer {
    Peer[] value();

    /// Whether only root can do what the test does: mounting, running a daemon.
    boolean asRoot() default false;
}
