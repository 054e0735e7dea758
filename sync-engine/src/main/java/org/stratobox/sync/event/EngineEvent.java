package org.stratobox.sync.event;

/// What a running device tells. Told in order, by one thread; whoever listens must return quickly.
public sealed interface EngineEvent {
    /// The state is another one now: ask for it.
    record StateChanged() implements EngineEvent {}

    /// A pass ended.
    ///
    /// @param filesIn files of this disk that were taken in
    /// @param filesOut changes of other devices that were carried out here
    /// @param millis how long it took
    record PassEnded(long filesIn, long filesOut, long millis) implements EngineEvent {}

    /// Something the user should read once.
    ///
    /// @param text a sentence; may name paths, so it never goes to a log
    record Notice(String text) implements EngineEvent {}
}
