package org.stratobox.architecture;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/// The architecture as rules that fail the build. Every module runs them over what is on its class path; `app` sees all.
public final class ArchitectureRules {
    private static final String ROOT = "org.stratobox.";
    private static final String[] BOOT = {"org.stratobox.sync.boot..", "org.stratobox.app.boot.."};

    private ArchitectureRules() {}

    /// Checks every rule and fails with the list of violations of the first one broken.
    public static void check() {
        JavaClasses product = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar")).importPackages("org.stratobox");
        if (product.isEmpty()) {
            throw new AssertionError("the architecture test found no class to check");
        }
        all().forEach(rule -> rule.allowEmptyShould(true).check(product));
    }

    private static List<ArchRule> all() {
        return List.of(packageTable(), noCycles(), noToolkit(), sqlOnlyInTheIndex(), networkOnlyInAdapters(),
                ciphersOnlyInPrimitive(), noRandomness(), pureReconcile(), noWallClock(), noOwnThreads(), noConsole(),
                noGenericExceptions(), adaptersNamedByBootOnly(), noMutableStatics(), noLegacy());
    }

    private static ArchRule packageTable() {
        return classes().should(new ArchCondition<>("use only the packages their row of the table allows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String own = relative(type.getPackageName());
                List<String> allowed = PackageTable.allowed().get(own);
                if (allowed == null) {
                    events.add(SimpleConditionEvent.violated(type, "package " + own + " is not in the table"));
                    return;
                }
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String target = dependency.getTargetClass().getPackageName();
                    if (target.startsWith(ROOT) && !relative(target).equals(own)
                            && !allowed.contains(relative(target))) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        });
    }

    private static String relative(String packageName) {
        return packageName.startsWith(ROOT) ? packageName.substring(ROOT.length()) : packageName;
    }

    private static ArchRule noCycles() {
        return slices().matching("org.stratobox.(**)").should().beFreeOfCycles();
    }

    private static ArchRule noToolkit() {
        return noClasses().that().resideInAnyPackage("org.stratobox.crypto..", "org.stratobox.sync..").should()
                .dependOnClassesThat().resideInAnyPackage("javafx..", "java.awt..", "javax.swing..");
    }

    private static ArchRule sqlOnlyInTheIndex() {
        return noClasses().that().resideOutsideOfPackage("org.stratobox.sync.index.sqlite..").should()
                .dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..");
    }

    private static ArchRule networkOnlyInAdapters() {
        return noClasses().that().resideOutsideOfPackages("org.stratobox.sync.mesh..", "org.stratobox.sync.node..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net.http..", "okhttp3..", "com.sun.net.httpserver..")
                        .or(DescribedPredicate.describe("are sockets", c -> c.getFullName().startsWith("java.net.")
                                && c.getSimpleName().endsWith("Socket"))));
    }

    private static ArchRule ciphersOnlyInPrimitive() {
        return noClasses().that().resideOutsideOfPackage("org.stratobox.crypto.primitive..").should()
                .dependOnClassesThat().resideInAnyPackage("javax.crypto..", "org.bouncycastle..");
    }

    private static ArchRule noRandomness() {
        return noClasses().that().resideOutsideOfPackage("org.stratobox.crypto.primitive..").should()
                .dependOnClassesThat(DescribedPredicate.describe("draw random numbers",
                        c -> c.isEquivalentTo(SecureRandom.class) || c.isEquivalentTo(Random.class)
                                || c.getFullName().startsWith("java.util.random.")
                                || c.getFullName().equals("java.util.concurrent.ThreadLocalRandom")))
                .orShould(callMethodWhere(calls(Math.class, "random")));
    }

    private static ArchRule pureReconcile() {
        return noClasses().that().resideInAnyPackage("org.stratobox.sync.reconcile..", "org.stratobox.app.state..")
                .should().dependOnClassesThat().resideInAnyPackage("java.io..", "java.nio.file..",
                        "java.util.concurrent..", "org.slf4j..");
    }

    private static ArchRule noWallClock() {
        DescribedPredicate<JavaMethodCall> wallClock = calls(Instant.class, "now").or(calls(Clock.class, "system"))
                .or(calls(LocalDateTime.class, "now")).or(calls(LocalDate.class, "now"))
                .or(calls(ZonedDateTime.class, "now")).or(calls(System.class, "currentTimeMillis"))
                .or(calls(System.class, "nanoTime")).or(calls(Thread.class, "sleep"));
        return noClasses().that().resideOutsideOfPackages(BOOT).should(callMethodWhere(wallClock));
    }

    private static ArchRule noOwnThreads() {
        DescribedPredicate<JavaMethodCall> threads = calls(Executors.class, "").or(calls(Thread.class, "of"))
                .or(calls(Thread.class, "start")).or(calls(ForkJoinPool.class, "commonPool"));
        return noClasses().that().resideOutsideOfPackages("org.stratobox.sync.task..", "org.stratobox.app.boot..")
                .should(callMethodWhere(threads)).orShould().callConstructor(Thread.class, Runnable.class);
    }

    private static ArchRule noConsole() {
        return noClasses().that().resideOutsideOfPackage("org.stratobox.app.boot..").should()
                .accessField(System.class, "out").orShould().accessField(System.class, "err")
                .orShould(callMethodWhere(calls(Throwable.class, "printStackTrace")));
    }

    private static ArchRule noGenericExceptions() {
        Set<Class<?>> generic = Set.of(Throwable.class, Exception.class, RuntimeException.class, Error.class);
        return noClasses().should(new ArchCondition<JavaClass>("create a generic exception") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getConstructorCallsFromSelf().stream()
                        .filter(call -> generic.stream().anyMatch(g -> call.getTargetOwner().isEquivalentTo(g)))
                        .filter(call -> !call.getOrigin().isConstructor())
                        .forEach(call -> events.add(SimpleConditionEvent.satisfied(type, call.getDescription())));
            }
        });
    }

    private static ArchRule adaptersNamedByBootOnly() {
        return noClasses().that()
                .resideOutsideOfPackages("org.stratobox.sync.boot..", "org.stratobox.sync.node..",
                        "org.stratobox.sync.mesh.*..", "org.stratobox.sync.index.sqlite..")
                .should().dependOnClassesThat(resideInAPackage("org.stratobox.sync.mesh.*..")
                        .or(resideInAPackage("org.stratobox.sync.index.sqlite..")));
    }

    private static ArchRule noMutableStatics() {
        return fields().that().areStatic().should().beFinal();
    }

    private static ArchRule noLegacy() {
        return noClasses().should().dependOnClassesThat(DescribedPredicate.describe("are legacy types",
                c -> Set.of("java.util.Date", "java.io.File", "java.nio.file.Paths", "java.io.ObjectInputStream",
                        "java.io.ObjectOutputStream").contains(c.getFullName())
                        || c.getPackageName().startsWith("java.util.logging")));
    }

    private static DescribedPredicate<JavaMethodCall> calls(Class<?> owner, String namePrefix) {
        return DescribedPredicate.describe("calls " + owner.getSimpleName() + "." + namePrefix + "*",
                (JavaCall<?> call) -> call.getTargetOwner().isEquivalentTo(owner)
                        && call.getName().startsWith(namePrefix))
                .forSubtype();
    }
}
