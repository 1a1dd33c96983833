package com.clicknback;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.clicknback.platform.http.Routes;
import com.clicknback.platform.migrations.MigrationStep;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;

/** The walls between the packages, and the habits that a machine can check. */
@AnalyzeClasses(packages = "com.clicknback", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "com.clicknback";
    private static final String[] DOMAINS = {
        ROOT + ".auth..",
        ROOT + ".users..",
        ROOT + ".merchants..",
        ROOT + ".offers..",
        ROOT + ".partners..",
        ROOT + ".clicks..",
        ROOT + ".ingestion..",
        ROOT + ".purchases..",
        ROOT + ".verification..",
        ROOT + ".partnerevents..",
        ROOT + ".explanations..",
        ROOT + ".cashback..",
        ROOT + ".crediting..",
        ROOT + ".ledger..",
        ROOT + ".payouts..",
        ROOT + ".flags..",
        ROOT + ".holds..",
        ROOT + ".releases..",
        ROOT + ".audit..",
        ROOT + ".search..",
        ROOT + ".accounts..",
        ROOT + ".statistics..",
        ROOT + ".demo.."
    };

    private static final DescribedPredicate<JavaClass> STORE = named("Store");
    private static final DescribedPredicate<JavaClass> VERTICLE = named("Verticle");
    private static final DescribedPredicate<JavaClass> ROUTES = named("Routes");

    private static DescribedPredicate<JavaClass> named(String suffix) {
        return DescribedPredicate.describe(
                "named *" + suffix, type -> outermost(type).getSimpleName().endsWith(suffix));
    }

    private static JavaClass outermost(JavaClass type) {
        Optional<JavaClass> around = type.getEnclosingClass();
        return around.isPresent() ? outermost(around.get()) : type;
    }

    @ArchTest
    static final ArchRule DOMAINS_KNOW_NO_STORES_OR_VERTICLES_OF_OTHERS = classes()
            .that(resideInAnyPackage(DOMAINS))
            .should(new ArchCondition<>("use stores, verticles and routes of their own package only") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getDirectDependenciesFromSelf().stream()
                            .filter(use -> STORE.or(VERTICLE).or(ROUTES).test(use.getTargetClass()))
                            .filter(use -> resideInAnyPackage(DOMAINS).test(use.getTargetClass()))
                            .filter(use -> !use.getTargetClass().getPackage().equals(type.getPackage()))
                            .forEach(use -> events.add(SimpleConditionEvent.violated(type, use.getDescription())));
                }
            });

    @ArchTest
    static final ArchRule STORES_ARE_PACKAGE_PRIVATE =
            classes().that(STORE).and(resideInAnyPackage(DOMAINS)).should().notBePublic();

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_COMPOSITION_ROOT = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule ONLY_THE_COMPOSITION_ROOT_KNOWS_THE_CONFIGURATION = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".config")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".config");

    @ArchTest
    static final ArchRule THE_PLATFORM_KNOWS_NO_DOMAIN = noClasses()
            .that()
            .resideInAPackage(ROOT + ".platform..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DOMAINS);

    @ArchTest
    static final ArchRule MONEY_IS_A_LEAF = classes()
            .that()
            .resideInAPackage(ROOT + ".money..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".money..", "java..", "org.jspecify..");

    /** Payloads outlive the code that writes them: they are made of identifiers and numbers alone. */
    @ArchTest
    static final ArchRule EVENT_PAYLOADS_KNOW_NO_DOMAIN = classes()
            .that()
            .resideInAPackage(ROOT + ".events..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".events..", ROOT + ".platform.events..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule ONLY_EDGES_KNOW_THE_WEB = noClasses()
            .that(are(DescribedPredicate.not(resideInAnyPackage(
                            ROOT + ".platform.http..",
                            ROOT + ".platform.contract..",
                            ROOT + ".platform.pages..",
                            ROOT + ".platform.ops..")
                    .or(ROUTES))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.ext.web..");

    /** A verticle, or what shares its transaction, may hold a connection to hand it on, but runs no SQL on it. */
    @ArchTest
    static final ArchRule ONLY_STORES_RUN_SQL = noClasses()
            .that(are(DescribedPredicate.not(
                    resideInAPackage(ROOT + ".platform..").or(STORE).or(named("BooksCheck")))))
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "a query is run",
                    (JavaAccess<?> call) ->
                            call.getTargetOwner().getPackageName().startsWith("io.vertx.sqlclient")
                                    && !call.getTargetOwner().getSimpleName().equals("Row")));

    @ArchTest
    static final ArchRule JDBC_IS_FOR_MIGRATIONS_AND_THE_EMBEDDED_SERVER = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".platform.embedded", ROOT + ".platform.migrations")
            .and(are(DescribedPredicate.not(assignableTo(MigrationStep.class))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..");

    /** A node without a cluster loads none of it. */
    @ArchTest
    static final ArchRule ONE_CLASS_KNOWS_HAZELCAST = noClasses()
            .that()
            .doNotHaveSimpleName("HazelcastNode")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hazelcast..");

    @ArchTest
    static final ArchRule NOBODY_BLOCKS_AN_EVENT_LOOP = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethodWhere(DescribedPredicate.describe(
                    "a Future is awaited",
                    (JavaAccess<?> call) -> call.getTargetOwner().isAssignableTo(io.vertx.core.Future.class)
                            && call.getName().equals("await")));

    /** A socket does not tell how much of a file is unread, so that its connection would count as served without end. */
    @ArchTest
    static final ArchRule ANSWERS_COME_FROM_MEMORY = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "a file is sent",
                    (JavaAccess<?> call) -> call.getName().equals("sendFile")
                            && call.getTargetOwner().getPackageName().startsWith("io.vertx")))
            .orShould()
            .dependOnClassesThat()
            .haveSimpleName("StaticHandler");

    @ArchTest
    static final ArchRule TIME_IS_INJECTED = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDate.class, "now")
            .orShould()
            .callMethod(java.time.OffsetDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone");

    /** A number of milliseconds invites to measure ages by it, which a clock that is set back makes negative. */
    @ArchTest
    static final ArchRule TICKS_ARE_OF_THE_TIME_THAT_PASSES = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".platform.clock..")
            .should()
            .callMethod(Clock.class, "millis");

    /** The service works alike in every time zone and language of its host. */
    @ArchTest
    static final ArchRule THE_HOSTS_ZONE_AND_LOCALE_DECIDE_NOTHING = noClasses()
            .should()
            .callMethod(ZoneId.class, "systemDefault")
            .orShould()
            .callMethod(TimeZone.class, "getDefault")
            .orShould()
            .callMethod(Locale.class, "getDefault")
            .orShould()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase");

    @ArchTest
    static final ArchRule MONEY_IS_NEVER_A_FLOATING_POINT_NUMBER = fields().that()
            .areDeclaredInClassesThat(resideInAnyPackage(
                    ROOT + ".money..",
                    ROOT + ".cashback..",
                    ROOT + ".ledger..",
                    ROOT + ".payouts..",
                    ROOT + ".offers..",
                    ROOT + ".merchants.."))
            .should()
            .notHaveRawType(double.class)
            .andShould()
            .notHaveRawType(float.class);

    @ArchTest
    static final ArchRule NOTHING_IS_INJECTED_INTO_FIELDS = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule STATE_IS_NOT_STATIC =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule ROLES_ARE_NAMED = classes()
            .that()
            .areAssignableTo(VerticleBase.class)
            .and(DescribedPredicate.not(resideInAPackage(ROOT + ".demo..")))
            .should()
            .haveSimpleNameEndingWith("Verticle");

    @ArchTest
    static final ArchRule ROUTES_ARE_NAMED =
            classes().that().implement(Routes.class).should().haveSimpleNameEndingWith("Routes");

    @ArchTest
    static final ArchRule PATTERNS_ARE_NOT_NAMES = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Service");

    @ArchTest
    static final ArchRule CLASSES_WITHOUT_SUBCLASSES_ARE_FINAL = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .and(DescribedPredicate.describe(
                    "have no subclasses",
                    (JavaClass type) -> type.getSubclasses().isEmpty()))
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule NOTHING_IS_SYNCHRONIZED_IN_A_DOMAIN = methods()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage(DOMAINS))
            .should()
            .notHaveModifier(JavaModifier.SYNCHRONIZED);

    @ArchTest
    static final ArchRule NO_PACKAGES_FORM_A_CYCLE =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();
}
