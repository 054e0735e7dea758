package org.stratobox.sync.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

import static org.junit.jupiter.api.Assertions.assertTrue;

/// The simulation must notice planners with the mistakes that were made elsewhere; else it is worth nothing.
class PlannerMutantTest {
    private static final int SEEDS = 1_500;

    /// A mistake.
    enum Mistake implements PlannerSimulation.Planning {
        /// Nobody asks whether something lives below a deleted directory.
        DELETES_WIN {
            @Override
            public Plan plan(Collection<Difference> all, Surroundings around, Caution caution) {
                return new Planner().plan(all.stream().filter(d -> !isBelowTombstone(d, around)).toList(), around,
                        caution);
            }

            private boolean isBelowTombstone(Difference d, Surroundings around) {
                Optional<RelativePath> parent = d.path().parent().filter(p -> !p.isRoot());
                return parent.flatMap(around::state).filter(e -> !e.isLive()).isPresent();
            }
        },
        /// A file moves although its new place is taken.
        FORGETS_PARK {
            @Override
            public Plan plan(Collection<Difference> all, Surroundings around, Caution caution) {
                return changed(super.plan(all, around, caution), step -> step instanceof Step.Park park
                        ? new Step.Rebind(park.site(), park.reason())
                        : step);
            }
        },
        /// Deletions do not wait for what is moved away before.
        DELETES_FIRST {
            @Override
            public Plan plan(Collection<Difference> all, Surroundings around, Caution caution) {
                List<Plan.Ordered> steps = new ArrayList<>();
                Plan right = super.plan(all, around, caution);
                for (boolean removing : List.of(true, false)) {
                    right.steps().stream().map(Plan.Ordered::step)
                            .filter(s -> removing == (s instanceof Step.Remove || s instanceof Step.RemoveDirectory))
                            .forEach(s -> steps.add(new Plan.Ordered(s, List.of())));
                }
                return new Plan(steps, right.postponed());
            }
        },
        /// Steps do not know what they need.
        ANY_ORDER {
            @Override
            public Plan plan(Collection<Difference> all, Surroundings around, Caution caution) {
                Plan right = super.plan(all, around, caution);
                return new Plan(right.steps().stream().map(s -> new Plan.Ordered(s.step(), List.of())).toList(),
                        right.postponed());
            }
        },
        /// Base takes the new vector with the first of two steps.
        BASE_MOVES_AT_ONCE {
            @Override
            public Plan plan(Collection<Difference> all, Surroundings around, Caution caution) {
                return changed(super.plan(all, around, caution), step -> switch (step) {
                    case Step.RemoveDirectory r -> new Step.RemoveDirectory(hasty(r.site(), around), r.reason());
                    case Step.Remove r -> new Step.Remove(hasty(r.site(), around), r.reason());
                    case Step.Park p -> new Step.Park(hasty(p.site(), around), p.reason());
                    case Step.Move m ->
                        new Step.Move(hasty(m.from(), around), m.to(), m.carried(), m.way(), m.reason());
                    default -> step;
                });
            }

            private Site hasty(Site site, Surroundings around) {
                return new Site(site.path(), site.expected(), site.becomes().map(e -> e.withVersion(
                        around.state(site.path()).map(Entry::version).orElse(e.version()))));
            }
        },
        /// What is not captured is not left alone.
        IGNORES_WHAT_IS_NOT_CAPTURED {
            @Override
            public Plan plan(Collection<Difference> all, Surroundings around, Caution caution) {
                return super.plan(all, around, Caution.NONE);
            }
        },
        /// A path that is new below one that is already there under a longer name is taken for its child.
        FORGETS_THE_SLASH {
            @Override
            public Plan plan(Collection<Difference> all, Surroundings around, Caution caution) {
                return super.plan(all.stream().filter(d -> all.stream().noneMatch(o -> !o.path().equals(d.path())
                        && o.state().filter(Entry::isLive).isEmpty() && d.path().text().startsWith(o.path().text())))
                        .toList(), around, caution);
            }
        },
        /// A directory is shown only if the state holds it.
        FORGETS_SHOWN_DIRECTORIES {
            @Override
            public Plan plan(Collection<Difference> all, Surroundings around, Caution caution) {
                Map<RelativePath, Entry> none = new HashMap<>();
                all.forEach(d -> d.base().ifPresent(e -> none.put(d.path(), e)));
                return super.plan(all, Surroundings.of(new FolderState(none), FolderState.empty()), caution);
            }
        };

        @Override
        public Plan plan(Collection<Difference> all, Surroundings around, Caution caution) {
            return new Planner().plan(all, around, caution);
        }

        private static Plan changed(Plan right, UnaryOperator<Step> change) {
            return new Plan(
                    right.steps().stream().map(s -> new Plan.Ordered(change.apply(s.step()), s.needs())).toList(),
                    right.postponed());
        }
    }

    @ParameterizedTest
    @EnumSource
    void simulationNoticesTheMistake(Mistake mistake) {
        int noticed = 0;
        for (int seed = 0; seed < SEEDS && noticed == 0; seed++) {
            noticed += isNoticed(seed, mistake, false) || isNoticed(seed, mistake, true) ? 1 : 0;
        }
        assertTrue(noticed > 0, "not one of " + SEEDS + " seeds shows it");
    }

    private static boolean isNoticed(long seed, Mistake mistake, boolean trouble) {
        try {
            new PlannerSimulation(seed, mistake).run(trouble);
            return false;
        } catch (AssertionError | RuntimeException noticed) {
            return true;
        }
    }
}
