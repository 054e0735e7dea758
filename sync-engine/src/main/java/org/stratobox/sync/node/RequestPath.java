package org.stratobox.sync.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.mesh.NodeMarker;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.mesh.folder.Repository;
import org.stratobox.sync.model.ObjectName;

/// What the path of a request names. Only components of letters, digits and a few marks that do not begin with a dot are
/// understood, and nothing is unescaped, so no path leads out of the root.
sealed interface RequestPath {
    /// One to this many components name a repository.
    int MAX_DEPTH = 4;

    /// @return names of the folders that lead to the repository
    List<String> repository();

    /// The repository itself.
    record Whole(List<String> repository) implements RequestPath {}

    /// Its `config`.
    record Config(List<String> repository) implements RequestPath {}

    /// The list of one kind.
    record Listing(List<String> repository, Space space) implements RequestPath {}

    /// One object.
    record Named(List<String> repository, Space space, ObjectName name) implements RequestPath {}

    /// @param root the folder that is served
    /// @return the repository the path leads to
    default Repository in(Path root) {
        Path folder = root;
        for (String component : repository()) {
            folder = folder.resolve(component);
        }
        return Repository.at(folder);
    }

    /// @param rawPath as it was sent
    /// @return what it names, or empty if it names nothing here
    static Optional<RequestPath> parse(String rawPath) {
        List<String> components = components(rawPath);
        int size = components.size();
        if (size == 0) {
            return Optional.empty();
        }
        String last = components.get(size - 1);
        Optional<Space> kind = space(last);
        if (kind.isPresent()) {
            return repository(components, size - 1).map(r -> new Listing(r, kind.get()));
        }
        if (last.equals(NodeMarker.NAME)) {
            return repository(components, size - 1).map(Config::new);
        }
        Optional<Space> above = size < 2 ? Optional.empty() : space(components.get(size - 2));
        if (above.isEmpty()) {
            return repository(components, size).map(Whole::new);
        }
        return !Digest256.isHex(last)
                ? Optional.empty()
                : repository(components, size - 2).map(r -> new Named(r, above.get(), ObjectName.parse(last)));
    }

    /// Empty components, as in `//` and at the end, do not count.
    private static List<String> components(String rawPath) {
        List<String> components = new ArrayList<>();
        if (rawPath.length() <= 1024) {
            for (String component : rawPath.split("/", -1)) {
                if (!component.isEmpty()) {
                    components.add(component);
                }
            }
        }
        return components;
    }

    private static Optional<List<String>> repository(List<String> components, int size) {
        List<String> names = List.copyOf(components.subList(0, size));
        boolean usable = size >= 1 && size <= MAX_DEPTH && names.stream().allMatch(RequestPath::isFolderName);
        return usable ? Optional.of(names) : Optional.empty();
    }

    private static boolean isFolderName(String component) {
        return Names.FOLDER.matcher(component).matches() && space(component).isEmpty()
                && !component.equals(NodeMarker.NAME) && !component.equals("tmp");
    }

    private static Optional<Space> space(String component) {
        for (Space space : Space.values()) {
            if (space.directory().equals(component)) {
                return Optional.of(space);
            }
        }
        return Optional.empty();
    }

    /// The form of a folder's name.
    final class Names {
        static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

        private Names() {}
    }
}
