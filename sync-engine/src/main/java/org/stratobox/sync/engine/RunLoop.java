package org.stratobox.sync.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stratobox.sync.api.EngineState;
import org.stratobox.sync.api.EngineState.Activity;
import org.stratobox.sync.api.Running;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.event.EngineEvent;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.pace.PollPolicy;
import org.stratobox.sync.pace.PollPolicy.Feed;
import org.stratobox.sync.pace.PollPolicy.Situation;
import org.stratobox.sync.pace.Suspension;
import org.stratobox.sync.task.Gate;
import org.stratobox.sync.watch.Look;

/// Keeps a device in sync: one thread that waits until something may have changed, here or elsewhere, and then makes a pass.
/// Everything it is told is a hint; the pass finds out.
final class RunLoop implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(RunLoop.class);
    /// Battery, schedule, wake-up and settings are looked at this often at least.
    private static final Duration GLANCE = Duration.ofSeconds(20);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration LAST_RETRY = Duration.ofSeconds(60);

    private final EngineParts parts;
    private final Passes passes;
    private final Consumer<EngineEvent> events;
    private final Gate gate = new Gate();
    private final Bell bell = new Bell();
    private final AtomicBoolean newsFromNodes = new AtomicBoolean(true);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;
    private volatile EngineState state = new EngineState(Activity.STARTING, Optional.empty(), Optional.empty(), false,
            List.of(), Optional.empty());

    // of the loop's thread only
    private final Map<FolderSetting, FolderEyes> eyes = new HashMap<>();
    private final Map<MeshNode, NodeEars> ears = new HashMap<>();
    private final Set<String> told = new LinkedHashSet<>();
    private final Suspension suspension;
    private long askedAt;
    private long movedAt;
    private long retryAt;
    private Duration retry = FIRST_RETRY;

    /// The account, as the loop needs it.
    interface Passes {
        /// @return the folders of this device now
        List<FolderSetting> folders() throws StratoboxException;

        /// @return the nodes that are open now
        List<MeshNode> nodes();

        /// @return what the user chose
        Settings settings() throws StratoboxException;

        /// @return directories in which the disk was not as the last pass expected
        Set<RelativePath> changedMeanwhile(FolderSetting folder);

        /// Makes one pass.
        SyncReport pass(Scope scope, Consumer<Progress> progress) throws StratoboxException;
    }

    RunLoop(EngineParts parts, Passes passes, Consumer<EngineEvent> events) {
        this.parts = parts;
        this.passes = passes;
        this.events = events;
        suspension = new Suspension(parts.clock(), parts.ticker());
        retryAt = parts.ticker().nanos();
        askedAt = retryAt;
        movedAt = retryAt;
    }

    void start() {
        parts.tasks().work().execute(this::run);
    }

    /// Settings, folders or nodes are others now.
    void changed() {
        bell.ring();
    }

    /// Closes the gate at once if the new settings pause.
    void changed(Settings settings) {
        if (allowed(settings).paused()) {
            gate.close();
        }
        bell.ring();
    }

    @Override
    public EngineState state() {
        return state;
    }

    @Override
    public void wake() {
        newsFromNodes.set(true);
        bell.ringForAll();
    }

    private void run() {
        try {
            while (!closing) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the loop of a running device ended: {}", e.getClass().getSimpleName());
            show(Activity.ATTENTION, false, List.of("Syncing stopped because of an error in the program."
                    + " Your files are untouched; please start it again."));
        } finally {
            eyes.values().forEach(FolderEyes::close);
            ears.values().forEach(NodeEars::close);
            ended.countDown();
        }
    }

    private void step() throws InterruptedException {
        try {
            Allowed allowed = allowed(passes.settings());
            parts.outside().bandwidth().change(allowed.up(), allowed.down());
            if (allowed.paused()) {
                pause(allowed);
                return;
            }
            gate.open();
            follow();
            if (bell.askedForAll() || suspension.wokeUp()) {
                eyes.values().forEach(FolderEyes::everything);
                newsFromNodes.set(true);
            }
            work();
        } catch (StratoboxException e) {
            show(Activity.ATTENTION, false, List.of(String.valueOf(e.getMessage())));
            bell.await(LAST_RETRY);
        }
    }

    private Allowed allowed(Settings settings) {
        return Allowed.at(settings, Instant.ofEpochMilli(parts.clock().millis()).atZone(ZoneId.systemDefault()),
                parts.outside().power().now());
    }

    private void pause(Allowed allowed) throws InterruptedException {
        gate.close();
        EngineState now = new EngineState(Activity.PAUSED, Optional.empty(), state.lastPassMillis(), false, List.of(),
                Optional.of(allowed.until().map(Instant::toEpochMilli).orElse(Settings.UNTIL_RESUMED)));
        tell(now);
        bell.await(GLANCE);
    }

    /// Looks at the folders and listens to the nodes there are now.
    private void follow() throws StratoboxException {
        List<FolderSetting> folders = passes.folders();
        List<MeshNode> nodes = passes.nodes();
        List<FolderSetting> left = eyes.keySet().stream().filter(f -> !folders.contains(f)).toList();
        left.forEach(f -> Optional.ofNullable(eyes.remove(f)).ifPresent(FolderEyes::close));
        folders.forEach(f -> eyes.computeIfAbsent(f, f2 -> new FolderEyes(parts, f2, bell::ring)));
        List<MeshNode> gone = ears.keySet().stream().filter(n -> !nodes.contains(n)).toList();
        gone.forEach(n -> Optional.ofNullable(ears.remove(n)).ifPresent(NodeEars::close));
        nodes.forEach(n -> ears.computeIfAbsent(n, n2 -> new NodeEars(n2, parts.tasks(), this::heard)));
        for (FolderEyes one : eyes.values()) {
            one.notice().filter(n -> told.add(n.sentence()))
                    .ifPresent(n -> events.accept(new EngineEvent.Notice(n.sentence())));
        }
    }

    private void heard() {
        newsFromNodes.set(true);
        bell.ring();
    }

    private void work() throws InterruptedException {
        long now = parts.ticker().nanos();
        if (retryAt - now > 0) {
            bell.await(shorter(Duration.ofNanos(retryAt - now), GLANCE));
            return;
        }
        Map<FolderEyes, Look> looks = new HashMap<>();
        Duration idle = GLANCE;
        for (FolderEyes one : eyes.values()) {
            Look look = one.take();
            if (look instanceof Look.Nothing nothing) {
                idle = nothing.until().isPresent() ? shorter(idle, nothing.until().get()) : idle;
            } else {
                looks.put(one, look);
            }
        }
        Duration poll = nextPoll(now);
        if (looks.isEmpty() && !newsFromNodes.get() && poll.isPositive()) {
            bell.await(shorter(idle, poll));
        } else {
            pass(looks);
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private Duration nextPoll(long now) {
        boolean told = !ears.isEmpty() && ears.values().stream().allMatch(NodeEars::hears);
        Situation situation = new Situation(Duration.ofNanos(now - movedAt), told ? Feed.WORKING : Feed.SILENT,
                parts.outside().power().now());
        Duration interval = PollPolicy.DEFAULT.interval(situation, parts.outside().jitter().next());
        return interval.minusNanos(now - askedAt);
    }

    private void pass(Map<FolderEyes, Look> looks) throws InterruptedException {
        newsFromNodes.set(false);
        askedAt = parts.ticker().nanos();
        boolean done = false;
        try {
            Scope scope = scope(looks);
            Optional<SyncReport> report = gate
                    .<SyncReport, StratoboxException>pass(() -> passes.pass(scope, this::progress));
            eyes.forEach((setting, one) -> passes.changedMeanwhile(setting).forEach(one::again));
            if (report.isPresent()) {
                done = true;
                ended(report.get(), looks);
            }
        } catch (StratoboxException e) {
            failed(e);
        } finally {
            if (!done) {
                looks.forEach(FolderEyes::again);
                newsFromNodes.set(true);
            }
        }
    }

    private static Scope scope(Map<FolderEyes, Look> looks) {
        Map<String, Scope.Where> folders = new HashMap<>();
        looks.forEach((one, look) -> folders.put(one.setting().name(),
                new Scope.Where(look instanceof Look.Directories d
                        ? Optional.of(Set.copyOf(d.directories()))
                        : Optional.empty(), one)));
        return new Scope(folders, false);
    }

    private void ended(SyncReport report, Map<FolderEyes, Look> looks) {
        retry = FIRST_RETRY;
        looks.forEach((one, look) -> {
            if (look instanceof Look.Everything) {
                one.looked(Duration.ofMillis(report.millis()));
            }
        });
        long in = report.filesIngested() + report.removed();
        if (in > 0 || report.incoming().changes() > 0) {
            movedAt = parts.ticker().nanos();
            events.accept(new EngineEvent.PassEnded(in, report.incoming().changes(), report.millis()));
        }
        List<String> notices = new ArrayList<>();
        report.left().stream().limit(100).forEach(l -> notices.add(l.path() + ": " + l.reason()));
        notices.addAll(report.warnings());
        boolean safe = notices.isEmpty() && report.debts() == 0 && report.incoming().held() == 0;
        if (report.debts() > 0) {
            notices.add(report.debts() + " pieces wait for a node that did not take them yet.");
        }
        tell(new EngineState(notices.isEmpty() ? Activity.UP_TO_DATE : Activity.ATTENTION, Optional.empty(),
                Optional.of(parts.clock().millis()), safe, notices, Optional.empty()));
    }

    private void failed(StratoboxException e) {
        if (closing) {
            return;
        }
        retryAt = parts.ticker().nanos() + retry.toNanos();
        retry = shorter(retry.multipliedBy(2), LAST_RETRY);
        show(e.reason() == Reason.NO_NODE ? Activity.OFFLINE : Activity.ATTENTION, false,
                List.of(String.valueOf(e.getMessage())));
    }

    private void progress(Progress progress) {
        tell(new EngineState(Activity.SYNCING, Optional.of(progress), state.lastPassMillis(), false, state.notices(),
                Optional.empty()));
    }

    private void show(Activity activity, boolean safe, List<String> notices) {
        tell(new EngineState(activity, Optional.empty(), state.lastPassMillis(), safe, notices, Optional.empty()));
    }

    private void tell(EngineState next) {
        if (!next.equals(state)) {
            state = next;
            events.accept(new EngineEvent.StateChanged());
        }
    }

    @Override
    public void close() {
        closing = true;
        gate.close();
        bell.ring();
        try {
            if (!ended.await(10, TimeUnit.SECONDS)) {
                LOG.warn("a running device does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Wakes the loop.
    private final class Bell {
        private final Object lock = new Object();
        /// Guarded by `lock`, like `all`.
        private boolean rung;
        private boolean all;

        void ring() {
            synchronized (lock) {
                rung = true;
                lock.notifyAll();
            }
        }

        void ringForAll() {
            synchronized (lock) {
                all = true;
                ring();
            }
        }

        boolean askedForAll() {
            synchronized (lock) {
                boolean asked = all;
                all = false;
                return asked;
            }
        }

        void await(Duration atMost) throws InterruptedException {
            long end = parts.ticker().nanos() + atMost.toNanos();
            synchronized (lock) {
                long left = atMost.toNanos();
                while (!rung && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(lock, Math.max(left, 1_000_000));
                    left = end - parts.ticker().nanos();
                }
                rung = false;
            }
        }
    }
}
