package io.mha4j.monitor.simulation;

import io.mha4j.base.Deadline;
import io.mha4j.base.Sleeper;
import io.mha4j.decision.HealthState;
import io.mha4j.decision.HealthState.Check;
import io.mha4j.decision.death.Findings;
import io.mha4j.decision.death.Proof;
import io.mha4j.decision.death.Question;
import io.mha4j.monitor.Evidence;
import io.mha4j.monitor.SourceProbe;
import io.mha4j.monitor.death.Instance;
import io.mha4j.monitor.death.Scene;
import io.mha4j.topology.details.ServerFiles;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Mistakes that a watcher could make, each planted into the real one through what it uses. */
enum PlantedWatchBug implements Handling {
    /** An answer between two failures does not end their row. */
    COUNT_NOT_RESET {
        @Override
        public SourceProbe probe(SourceProbe right) {
            return checks(right, c -> c instanceof Check.Good ? new Check.Refused("forgotten") : c);
        }
    },
    /** A server that lets nobody in is taken for one that does not answer. */
    REFUSAL_COUNTED {
        @Override
        public SourceProbe probe(SourceProbe right) {
            return checks(right, c -> c instanceof Check.Refused r ? new Check.Failed(r.why()) : c);
        }
    },
    /** A failure is taken for a refusal, so nothing is ever counted. */
    FAILURE_NOT_COUNTED {
        @Override
        public SourceProbe probe(SourceProbe right) {
            return checks(right, c -> c instanceof Check.Failed f ? new Check.Refused(f.why()) : c);
        }
    },
    /** A question may take longer than {@code ping_interval}. */
    LIMIT_OVERRUN {
        @Override
        public SourceProbe probe(SourceProbe right) {
            return new Probe(right, UnaryOperator.identity(), 3, true);
        }
    },
    /** A connection that ends is noticed at the next check only. */
    NEWS_UNHEARD {
        @Override
        public SourceProbe probe(SourceProbe right) {
            return new Probe(right, UnaryOperator.identity(), 1, false);
        }
    },
    /** Checks follow each other without the time that should lie between them. */
    INTERVAL_NOT_KEPT {
        @Override
        public Sleeper sleeper(Sleeper right) {
            return time -> right.sleep(time.dividedBy(3));
        }
    },
    /** Whoever objects is not heard. */
    VETO_IGNORED {
        @Override
        public Evidence evidence(Evidence right) {
            return new Opinion(right) {
                @Override
                public Veto secondOpinion() {
                    return new Veto(false, super.secondOpinion().why());
                }
            };
        }
    },
    /** Other hosts are asked when the first check fails. */
    SECOND_OPINION_TOO_EARLY {
        @Override
        public Evidence routes(Evidence right) {
            return new Opinion(right) {
                private Optional<Veto> early = Optional.empty();

                @Override
                public void failing(HealthState now) {
                    super.failing(now);
                    if (now.failures() == 1) {
                        early = Optional.of(super.secondOpinion());
                    }
                }

                @Override
                public Veto secondOpinion() {
                    return early.orElseThrow();
                }
            };
        }
    },
    /** What other hosts said of an earlier disturbance is taken for the next one too. */
    SECOND_OPINION_KEPT {
        @Override
        public Evidence routes(Evidence right) {
            return new Opinion(right) {
                private Optional<Veto> kept = Optional.empty();

                @Override
                public Veto secondOpinion() {
                    Veto veto = kept.orElseGet(super::secondOpinion);
                    kept = Optional.of(veto);
                    return veto;
                }
            };
        }
    },
    /** What replicas had received before an earlier disturbance is compared with what they have now. */
    RECEPTION_STALE {
        @Override
        public Evidence evidence(Evidence right) {
            return new Opinion(right) {
                private boolean looked;

                @Override
                public void failing(HealthState now) {
                    // The first look is made at the second failure.
                    super.failing(looked && now.failures() == 2 ? new HealthState(3) : now);
                    looked |= now.failures() == 2;
                }
            };
        }
    },
    /** Replicas are not asked. */
    RECEPTION_IGNORED {
        @Override
        public Evidence evidence(Evidence right) {
            return new Opinion(right) {
                @Override
                public void failing(HealthState now) {
                    if (now.failures() == 1) {
                        super.failing(now);
                    }
                }
            };
        }
    },
    /** Certain though its process still exists. */
    PROCESS_NOT_GONE {
        @Override
        public Scene scene(Scene right) {
            return shown(right, Question.PROCESS_GONE);
        }
    },
    /** Certain though somebody stopped it. */
    STOP_OVERLOOKED {
        @Override
        public Scene scene(Scene right) {
            return shown(right, Question.NOT_STOPPED);
        }
    },
    /** Certain though it is being started again. */
    RESTART_OVERLOOKED {
        @Override
        public Scene scene(Scene right) {
            return shown(right, Question.NOT_RESTARTED);
        }
    },
    /** The process behind a new connection is taken for the one behind the last. */
    PROCESS_NOT_LEARNED_AGAIN {
        @Override
        public Scene scene(Scene right) {
            return new Place(right) {
                private Optional<Seen> first = Optional.empty();

                @Override
                public OptionalLong connection() {
                    return super.connection().isPresent() ? OptionalLong.of(0) : OptionalLong.empty();
                }

                @Override
                public Seen see(ServerFiles files) {
                    Seen seen = first.orElseGet(() -> super.see(files));
                    first = Optional.of(seen);
                    return seen;
                }
            };
        }
    };

    static SourceProbe checks(SourceProbe right, UnaryOperator<Check> change) {
        return new Probe(right, change, 1, true);
    }

    static Scene shown(Scene right, Question question) {
        return new Place(right) {
            @Override
            public Findings look(Instance instance, Deadline deadline) {
                return super.look(instance, deadline).with(question, new Proof.Shown("believed"));
            }
        };
    }

    private static final class Probe implements SourceProbe {
        private final SourceProbe right;
        private final UnaryOperator<Check> change;
        private final int longer;
        private final boolean hears;

        Probe(SourceProbe right, UnaryOperator<Check> change, int longer, boolean hears) {
            this.right = right;
            this.change = change;
            this.longer = longer;
            this.hears = hears;
        }

        @Override
        public Check check(Duration limit) {
            return change.apply(right.check(limit.multipliedBy(longer)));
        }

        @Override
        public boolean awaitNews(Deadline deadline) {
            return hears && right.awaitNews(deadline);
        }

        @Override
        public void close() {
            right.close();
        }
    }

    private static class Opinion implements Evidence {
        private final Evidence right;

        Opinion(Evidence right) {
            this.right = right;
        }

        @Override
        public void failing(HealthState now) {
            right.failing(now);
        }

        @Override
        public void refused() {
            right.refused();
        }

        @Override
        public Veto secondOpinion() {
            return right.secondOpinion();
        }

        @Override
        public boolean sshReachable() {
            return right.sshReachable();
        }
    }

    private static class Place implements Scene {
        private final Scene right;

        Place(Scene right) {
            this.right = right;
        }

        @Override
        public OptionalLong connection() {
            return right.connection();
        }

        @Override
        public Optional<ServerFiles> files() {
            return right.files();
        }

        @Override
        public Seen see(ServerFiles files) {
            return right.see(files);
        }

        @Override
        public Findings look(Instance instance, Deadline deadline) {
            return right.look(instance, deadline);
        }

        @Override
        public boolean hasRoutes() {
            return right.hasRoutes();
        }

        @Override
        public Proof notReached() {
            return right.notReached();
        }
    }
}
