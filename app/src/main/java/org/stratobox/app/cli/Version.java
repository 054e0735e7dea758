package org.stratobox.app.cli;

import java.util.Optional;

import picocli.CommandLine.IVersionProvider;

/// The version of this build, from the jar it runs from.
final class Version implements IVersionProvider {
    Version() {}

    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[]{"stratobox " + text()};
    }
}
