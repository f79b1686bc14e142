package io.jasyncio.kit;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Does a {@link LeakCheck} around every test of a class, and gives it an {@link ErrorLog} or {@link Steps} as a parameter:
 * {@code @ExtendWith(AsyncioExtension.class)}.
 */
public final class AsyncioExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(AsyncioExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        checkOf(context).begin();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        checkOf(context).end(context.getExecutionException().isEmpty());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == ErrorLog.class || type == Steps.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var check = checkOf(context);
        return parameter.getParameter().getType() == Steps.class ? check.steps() : check.errors();
    }

    private static LeakCheck checkOf(ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(LeakCheck.class, unused -> new LeakCheck(), LeakCheck.class);
    }
}
