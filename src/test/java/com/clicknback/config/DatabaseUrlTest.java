package com.clicknback.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.tls.Tls;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings that say where the database is, how it is reached and as whom. */
class DatabaseUrlTest {
    private final JsonObject tree = TestConfig.defaults();

    @BeforeEach
    void setWhatAnExternalDatabaseNeeds() {
        tree.put("CLICKNBACK_DATABASE_USER", "clicknback")
                .put("CLICKNBACK_DATABASE_PASSWORD", "hidden")
                .put("CLICKNBACK_JWT_SECRET", TestConfig.JWT_SECRET)
                .put("CLICKNBACK_ENCRYPTION_KEY", TestConfig.ENCRYPTION_KEY)
                .put("CLICKNBACK_RECEIPT_KEY", TestConfig.RECEIPT_KEY);
    }

    private DatabaseSettings read(String url) {
        tree.put("CLICKNBACK_DATABASE_URL", url);
        return AppConfig.external(Configuration.of(tree)).database();
    }

    private List<String> problems(String url) {
        tree.put("CLICKNBACK_DATABASE_URL", url);
        return Problem.linesOf(tree);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://db.example:5433/shop, postgresql://db.example:5433/shop",
        "postgres://db.example:5433/shop, postgresql://db.example:5433/shop",
        "postgresql://db.example/shop, postgresql://db.example:5432/shop",
        "postgresql://db.example/shop?sslmode=require, postgresql://db.example:5432/shop",
        "postgresql://someone:pass@db.example/shop, postgresql://db.example:5432/shop"
    })
    void readsDatabaseUrls(String url, String uri) {
        DatabaseSettings read = read(url);

        assertThat(read.uri()).isEqualTo(uri);
        assertThat(read.user().name()).isEqualTo("clicknback");
        assertThat(read.user().password()).isEqualTo("hidden");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.example:5433,b.example/shop | a.example:5433,b.example:5432/shop",
                "someone:pass@a.example,[::1]:6/shop?target_session_attrs=read-write | a.example:5432,[::1]:6/shop",
                "a.example,b.example/shop?sslmode=require&target_session_attrs=primary"
                        + " | a.example:5432,b.example:5432/shop"
            })
    void readsUrlsOfSeveralServers(String url, String servers) {
        assertThat(read("postgresql://" + url).uri()).isEqualTo("postgresql://" + servers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "standby", "prefer-standby", "read-only", ""})
    void refusesSessionsThatMayNotWrite(String sessions) {
        assertThat(problems("postgresql://a.example,b.example/shop?target_session_attrs=" + sessions))
                .containsExactly("database.url (CLICKNBACK_DATABASE_URL) has a target_session_attrs that is neither"
                        + " read-write nor primary");
    }

    @Test
    void takesCredentialsFromTheUrlUnlessTheyAreSetApart() {
        tree.remove("CLICKNBACK_DATABASE_USER");
        tree.remove("CLICKNBACK_DATABASE_PASSWORD");

        DatabaseSettings read = read("postgresql://some%40one:p%3Ass+w@db.example/shop");

        assertThat(read.user().name()).isEqualTo("some@one");
        assertThat(read.user().password()).isEqualTo("p:ss+w");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.example",
                "mysql://db.example/shop",
                "jdbc:postgresql://db.example/shop",
                "postgresql:///shop",
                "postgresql://db.example",
                "postgresql://db.example/",
                "postgresql://db.example/shop/two",
                "postgresql://db.example/shop?sslmode",
                "postgresql://db.example/shop?sslmode=require&sslmode=disable",
                "postgresql://user:topsecret@db .example/shop",
                "postgresql://a.example,/shop",
                "postgresql://a.example:0/shop",
                "postgresql://a.example:65536/shop",
                "postgresql://a.example,b.example:70000/shop",
                "postgresql://a.example,user:topsecret@b.example:x/shop",
                "postgresql://a,b,c,d,e,f,g,h,i/shop"
            })
    void refusesOtherUrlsWithoutShowingThem(String url) {
        assertThat(problems(url))
                .singleElement()
                .asString()
                .startsWith("database.url (CLICKNBACK_DATABASE_URL) must be postgresql://")
                .doesNotContain("topsecret");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://db.example/shop, VERIFY_FULL",
        "postgresql://127.example/shop, VERIFY_FULL",
        "postgresql://127.0.0.1/shop, PREFER",
        "postgresql://localhost/shop, PREFER",
        "postgresql://[::1]/shop, PREFER",
        "'postgresql://127.0.0.1,localhost/shop', PREFER",
        "'postgresql://127.0.0.1,db.example/shop', VERIFY_FULL",
        "postgresql://db.example/shop?sslmode=disable, DISABLE",
        "postgresql://127.0.0.1/shop?sslmode=verify-full, VERIFY_FULL",
        "postgresql://db.example/shop?sslmode=verify-ca&sslrootcert=pom.xml, VERIFY_CA",
        "postgresql://db.example/shop?sslmode=require&sslcert=pom.xml&sslkey=pom.xml, REQUIRE"
    })
    void knowsHowToReachTheServer(String url, Tls.Mode mode) {
        assertThat(read(url).tls().mode()).isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sslmode=allow | has an unknown sslmode: it must be one of disable, prefer, require, verify-ca,"
                        + " verify-full",
                "sslmode=verify-ca | needs sslrootcert with sslmode=verify-ca",
                "sslrootcert=absent.pem | names a file as sslrootcert that cannot be read",
                "sslrootcert=src | names a file as sslrootcert that cannot be read",
                "sslmode=require&sslrootcert=pom.xml | has sslrootcert, which sslmode=require would not look at",
                "sslmode=require&sslcert=pom.xml | needs sslcert and sslkey together",
                "sslmode=disable&sslcert=pom.xml&sslkey=pom.xml | has sslcert, which sslmode=disable would not send",
                "sslcert=pom.xml&sslkey=pom.xml | needs sslrootcert together with sslcert",
                "sslmode=require&options=any | has the parameter options: it takes only sslmode"
            })
    void refusesParametersThatMakeNoSense(String parameters, String predicate) {
        assertThat(problems("postgresql://db.example/shop?" + parameters))
                .singleElement()
                .asString()
                .startsWith("database.url (CLICKNBACK_DATABASE_URL) " + predicate);
    }

    @Test
    void migratesAsTheOwnerIfOneIsNamed() {
        String url = "postgresql://db.example/shop";
        assertThat(read(url).owner()).isEqualTo(read(url).user());

        tree.put("CLICKNBACK_DATABASE_OWNER_USER", "owner").put("CLICKNBACK_DATABASE_OWNER_PASSWORD", "secret");

        assertThat(read(url).owner()).isEqualTo(new DatabaseSettings.Credentials("owner", "secret"));
        assertThat(read(url).user().name()).isEqualTo("clicknback");
    }

    @Test
    void refusesAPasswordOfNoOwner() {
        tree.put("CLICKNBACK_DATABASE_OWNER_PASSWORD", "secret");

        assertThat(problems("postgresql://db.example/shop"))
                .containsExactly(
                        "database.owner_password (CLICKNBACK_DATABASE_OWNER_PASSWORD) needs" + " database.owner_user");
    }
}
