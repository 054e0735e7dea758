package org.stratobox.sync.simulation;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.sqlite.SqliteIndex;
import org.stratobox.sync.simulation.world.Tally;
import org.stratobox.sync.simulation.world.World;

/// Plays seeds, several at a time.
final class Campaign {
    private static final Path MEMORY = Path.of("/dev/shm");
    private final Mutant mutant;
    private final Consumer<Result> told;

    /// @param mutant what is broken on purpose
    Campaign(Mutant mutant) {
        this(mutant, _ -> {});
    }

    private Campaign(Mutant mutant, Consumer<Result> told) {
        this.mutant = mutant;
        this.told = told;
    }

    /// How a seed ended.
    ///
    /// @param seed that was played
    /// @param hash of its trace
    /// @param failure what was wrong; empty if nothing
    /// @param lines of its trace, if they were kept
    /// @param tally what happened
    /// @param disturbed how often a thread from outside had a hand in its order
    record Result(long seed, long hash, String failure, List<String> lines, Tally tally, int disturbed) {
        boolean isBad() {
            return !failure.isEmpty();
        }
    }

    /// What many seeds gave.
    ///
    /// @param played how many
    /// @param bad those that failed, a few of them
    /// @param tally what happened in all
    record Summary(long played, List<Result> bad, Tally tally) {}

    /// Loads what starts processes and threads of its own when it is loaded, which would disturb the first seed.
    private static void warmUp() {
        try {
            SqliteIndex.open(Path.of(":memory:"), LocalKey.of(Secret.takeOwnership(new byte[32]))).close();
        } catch (IndexException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Plays one seed in this thread.
    Result play(long seed, boolean isTraceKept) {
        warmUp();
        World world = World.of(seed, isTraceKept);
        String failure = "";
        Path homes = homes();
        try {
            new History(world, homes, mutant).play();
        } catch (SimulationFailure e) {
            failure = text(e, isTraceKept);
        } finally {
            remove(homes);
        }
        return new Result(seed, world.trace().hash(), failure, world.trace().lines(), world.tally(),
                world.scheduler().fromOutside());
    }

    private static String text(SimulationFailure failure, boolean isLong) {
        if (!isLong && failure.getCause() == null) {
            return String.valueOf(failure.getMessage());
        }
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /// Plays many seeds on all processors.
    ///
    /// @param from first seed
    /// @param count how many
    /// @param mostBad ends early after so many failures
    Summary play(long from, long count, int mostBad) throws InterruptedException {
        AtomicLong next = new AtomicLong(from);
        ConcurrentLinkedQueue<Result> bad = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Tally> tallies = new ConcurrentLinkedQueue<>();
        AtomicLong played = new AtomicLong();
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (pool) {
            for (int i = 0; i < threads; i++) {
                pool.execute(() -> {
                    Tally tally = new Tally();
                    tallies.add(tally);
                    for (long seed = next.getAndIncrement(); seed < from + count && bad.size() < mostBad; seed = next
                            .getAndIncrement()) {
                        Result result = play(seed, false);
                        tally.addAll(result.tally());
                        played.incrementAndGet();
                        if (result.isBad()) {
                            bad.add(result);
                            told.accept(result);
                        }
                    }
                });
            }
            pool.shutdown();
            if (!pool.awaitTermination(1, TimeUnit.DAYS)) {
                throw new IllegalStateException("it takes more than a day");
            }
        }
        Tally all = new Tally();
        tallies.forEach(all::addAll);
        List<Result> failures = new ArrayList<>(bad);
        failures.sort(Comparator.comparingLong(Result::seed));
        return new Summary(played.get(), failures, all);
    }

    private static Path homes() {
        try {
            return Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "stratobox-simulation")
                    : Files.createTempDirectory("stratobox-simulation");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path homes) {
        try (Stream<Path> all = Files.walk(homes)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For people who look for something: plays seeds and prints what is bad.
    ///
    /// @param arguments first seed, number of seeds, optionally `trace`, optionally a mutant
    public static void main(String[] arguments) throws InterruptedException {
        long from = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        Mutant mutant = arguments.length > 3 ? Mutant.valueOf(arguments[3]) : Mutant.NONE;
        Campaign campaign = new Campaign(mutant,
                bad -> System.out
                        .println("seed " + bad.seed() + " " + bad.failure() + " disturbed " + bad.disturbed()));
        long begin = System.nanoTime();
        if (arguments.length > 2 && arguments[2].equals("trace")) {
            Result result = campaign.play(from, true);
            result.lines().forEach(System.out::println);
            System.out.println(result.failure() + "\n" + result.hash() + " disturbed " + result.disturbed());
            return;
        }
        Summary summary = campaign.play(from, count, 50);
        System.out.println(summary.tally().counts());
        System.out.println(summary.played() + " seeds, " + summary.bad().size() + " bad, "
                + (System.nanoTime() - begin) / 1_000_000 / Math.max(1, summary.played()) + " ms each");
    }
}
