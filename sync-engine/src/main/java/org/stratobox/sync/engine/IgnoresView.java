package org.stratobox.sync.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.api.Ignores;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.ignore.IgnoreRules;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.scan.IgnoreFiles;

/// Answers from the rules as they are on the disk now.
record IgnoresView(LocalFiles files, Home home) implements Ignores {
    @Override
    public Optional<Reason> why(String folder, String path) throws StratoboxException {
        FolderSetting setting = home.folder(folder);
        RelativePath at = PastView.path(path);
        try {
            return new IgnoreFiles(files).above(IgnoreRules.standard(), setting.path(), at)
                    .why(at, path.endsWith("/") ? EntryKind.DIRECTORY : kind(setting, at))
                    .map(r -> new Reason(r.path().text(), r.pattern(), r.file().map(RelativePath::text), r.line()));
        } catch (IOException e) {
            throw new StratoboxException(StratoboxException.Reason.FAILED, "A file called " + FILE_NAME
                    + " on the way to \"" + path + "\" cannot be read. What is below it is left as it is until it can.",
                    e);
        }
    }

    private EntryKind kind(FolderSetting setting, RelativePath at) {
        try {
            FileStat stat = files.stat(setting.path().resolve(at.text()));
            return stat.kind() == FileStat.Kind.DIRECTORY ? EntryKind.DIRECTORY : EntryKind.FILE;
        } catch (IOException e) {
            // it need not be there to be asked about
            return EntryKind.FILE;
        }
    }

    @Override
    public List<String> defaults() {
        return IgnoreRules.standardPatterns();
    }
}
