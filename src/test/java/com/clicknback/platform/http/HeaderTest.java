package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.intake.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Media types and cursors, as tables. */
class HeaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=UTF-8;x=y",
                "application/problem+json",
                "application/vnd.acme.v1+json; q=1"
            })
    void acceptsJsonInAllItsNames(String contentType) {
        assertThatCode(() -> MediaTypes.requireJson(contentType)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "text/json",
                "application/xml",
                "application/jsonp",
                "application/json5",
                "application/+json",
                "application/json charset=utf-8",
                "multipart/form-data",
                "application/x-www-form-urlencoded",
                "json",
                "*/*"
            })
    void refusesOtherMediaTypes(String contentType) {
        assertThatThrownBy(() -> MediaTypes.requireJson(contentType))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        e -> assertThat(e.code().status()).isEqualTo(415));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "br", "identity, gzip", "x"})
    void refusesEncodedBodies(String encoding) {
        assertThatCode(() -> MediaTypes.requirePlain(List.of("identity", "IDENTITY", "")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> MediaTypes.requirePlain(List.of("identity", encoding)))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        e -> assertThat(e.code().status()).isEqualTo(415));
    }

    @Test
    void readsTheCursorsItWrites() {
        PageRequest.Key key = new PageRequest.Key(Instant.parse("2026-04-22T10:00:00.123456Z"), UUID.randomUUID());
        assertThat(Cursors.decode("offers", Cursors.encode("offers", key))).contains(key);
    }

    @Test
    void refusesTheCursorsOfOtherLists() {
        PageRequest.Key key = new PageRequest.Key(Instant.parse("2026-04-22T10:00:00Z"), UUID.randomUUID());
        assertThat(Cursors.decode("merchants", Cursors.encode("offers", key))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "offers",
                "offers|",
                "offers|2026-04-22T10:00:00Z|",
                "offers|2026-04-22T10:00:00Z|x",
                "offers|yesterday|d89ae009-13d9-4b7b-951f-c9d2464ab500",
                "offers|2026-04-22T10:00:00Z|d89ae009-13d9-4b7b-951f-c9d2464ab500|",
                "offers|2026-04-22T10:00:00.000Z|d89ae009-13d9-4b7b-951f-c9d2464ab500",
                "offers|+1000000000-12-31T23:59:59Z|d89ae009-13d9-4b7b-951f-c9d2464ab500",
                "offers|-1000000000-01-01T00:00:00Z|d89ae009-13d9-4b7b-951f-c9d2464ab500"
            })
    void refusesMadeUpCursors(String plain) {
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        assertThat(Cursors.decode("offers", made)).isEmpty();
        assertThat(Cursors.decode("offers", plain)).isEmpty();
    }
}
