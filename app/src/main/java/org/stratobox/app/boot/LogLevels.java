package org.stratobox.app.boot;

import org.slf4j.Logger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/// Found by logback as a service: warnings of our packages, nothing of others (their messages may name files and
/// addresses), and nowhere to write them until a home is open. Nothing ever goes to the screen.
public final class LogLevels extends ContextAwareBase implements Configurator {
    /// For the service loader.
    public LogLevels() {
        // nothing to prepare
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        context.getLogger("org.stratobox").setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
