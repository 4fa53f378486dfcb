package dev.dray.seeds;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/// Makes the cases of [Cases].
final class CasesExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        int cases = context.getRequiredTestMethod().getAnnotation(Cases.class).value();
        long first = Seeds.of(context.getRequiredTestClass());
        return LongStream.range(first, first + cases).mapToObj(Case::new);
    }

    private record Case(long seed) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return "case " + index + ", seed " + seed;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new DrawParameter(seed), (TestExecutionExceptionHandler) (context, failure) -> {
                failure.addSuppressed(new FailedCase("again with " + Seeds.property(seed)));
                throw failure;
            });
        }
    }

    private record DrawParameter(long seed) implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Draw.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return new Draw(seed);
        }
    }

    /// Says in a failure's stack how to have the case again.
    private static final class FailedCase extends RuntimeException {
        private static final long serialVersionUID = 1;

        FailedCase(String message) {
            super(message, null, false, false);
        }
    }
}
