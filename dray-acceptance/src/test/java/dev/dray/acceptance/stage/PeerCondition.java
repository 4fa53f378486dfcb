package dev.dray.acceptance.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// Evaluates [NeedsPeer].
final class PeerCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<NeedsPeer> needs = AnnotationSupport.findAnnotation(context.getElement(), NeedsPeer.class);
        List<String> missing = needs.map(PeerCondition::missing).orElse(List.of());
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("every peer is installed");
        }
        String what = context.getDisplayName() + " needs " + String.join(", ", missing);
        if (System.getenv("CI") != null) {
            throw new AssertionError(what + "; CI installs it with scripts/install-peers");
        }
        return ConditionEvaluationResult.disabled(what);
    }

    private static List<String> missing(NeedsPeer needs) {
        List<String> missing = new ArrayList<>(Stream.of(needs.value())
                .filter(peer -> !peer.isInstalled())
                .map(peer -> peer.path().toString())
                .toList());
        if (needs.asRoot() && !Files.isWritable(Path.of("/etc"))) {
            missing.add("to be run by root");
        }
        return missing;
    }
}
