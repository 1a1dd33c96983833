package com.clicknback.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '\0',
            value = {
                "a@b.c|a@b.c",
                "Alice@Example.COM|Alice@example.com",
                "  alice@example.com\t|alice@example.com",
                "Alice <Alice@Example.com>|Alice@example.com",
                "Alice <  a@b.co >|a@b.co",
                " <a@b.co> |a@b.co",
                "\"Smith, Alice <x>\" <a@b.co>|a@b.co",
                "J. O'Hara-Müller <a@b.co>|a@b.co",
                "o'hara+tag!#$%&*/=?^_`{}~-@b.co|o'hara+tag!#$%&*/=?^_`{}~-@b.co",
                "first.last@mail.example|first.last@mail.example",
                "ä.Ö@b.co|ä.Ö@b.co",
                "用户@例子.广告|用户@例子.广告",
                "a@ÄPFEL.de|a@äpfel.de",
                "a@xn--pfel-koa.de|a@äpfel.de",
                "a@XN--PFEL-KOA.DE|a@äpfel.de",
                "a@xn--fsqu00a.xn--0zwm56d|a@例子.测试",
                "a@ｅｘａｍｐｌｅ。com|a@example.com",
                "a@straße.de|a@straße.de",
                "a@sub-domain.b1.co|a@sub-domain.b1.co",
                "a@1.co|a@1.co",
                "a@test.co|a@test.co",
                "a@my.latest|a@my.latest"
            })
    void keepsTheLocalPartAndNormalisesTheDomain(String typed, String normalised) {
        assertThat(EmailAddress.parse(typed).map(EmailAddress::value).orElse(null))
                .isEqualTo(normalised);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "@",
                "a",
                "a@",
                "@b.co",
                "a@b",
                "a@@b.co",
                "caf\uFFFD\uFFFD@b.co",
                "a@caf\uFFFD.co",
                "a@b@c.co",
                "a b@c.co",
                "a@b c.co",
                "a @b.co",
                "a@ b.co",
                "a\u00a0b@c.co",
                "a\u0000@b.co",
                "a\u0007@b.co",
                "a\u007f@b.co",
                "a\n@b.co",
                "a\u200bb@c.co",
                "a\u202eb@c.co",
                "a\u3164@b.co",
                "a\u2800@b.co",
                "a\ufe0f@b.co",
                "a\u034f@b.co",
                "\u0301a@b.co",
                "a@b\u00ad.co",
                ".a@b.co",
                "a.@b.co",
                "a..b@b.co",
                "\"a\"@b.co",
                "\"a b\"@b.co",
                "a(comment)@b.co",
                "a@b.co(comment)",
                "a,b@c.co",
                "a;b@c.co",
                "a:b@c.co",
                "a[b@c.co",
                "a\\b@c.co",
                "a<b@c.co",
                "a@b..co",
                "a@.b.co",
                "a@b.co.",
                "a@-b.co",
                "a@b-.co",
                "a@b.co-",
                "a@b_c.co",
                "a@b!.co",
                "a@b.1",
                "a@127.0.0.1",
                "a@[127.0.0.1]",
                "a@[IPv6:::1]",
                "a@b.test",
                "a@b.TEST",
                "a@b.ｔｅｓｔ",
                "a@x.local",
                "a@x.localhost",
                "a@localhost",
                "a@x.invalid",
                "a@x.onion",
                "a@x.y.arpa",
                "a@b.co, c@d.co",
                "Alice a@b.co",
                "Alice <a@b.co> x",
                "Alice <<a@b.co>>",
                "Alice <a@b.co",
                "a@b.co>",
                "<>",
                "Alice <>",
                "@r.co:a@b.co",
                "a@xn--.co"
            })
    void refusesWhatIsNoAddress(String typed) {
        assertThat(EmailAddress.parse(typed)).isEmpty();
    }

    @Test
    void countsCodePointsUpToTheLimit() {
        String domain = "@example.com";
        String longest = "a".repeat(EmailAddress.LENGTH_MAX - domain.length()) + domain;
        String longestBeyondTheBasicPlane = "😀".repeat(EmailAddress.LENGTH_MAX - domain.length()) + domain;

        assertThat(EmailAddress.parse(longest)).contains(new EmailAddress(longest));
        assertThat(EmailAddress.parse(longestBeyondTheBasicPlane)).isPresent();
        assertThat(EmailAddress.parse("a" + longest)).isEmpty();
        assertThat(EmailAddress.parse(" " + longest)).isEmpty();
    }

    @Test
    void limitsTheLabelsOfADomainInTheirAsciiForm() {
        assertThat(EmailAddress.parse("a@" + "b".repeat(63) + ".co")).isPresent();
        assertThat(EmailAddress.parse("a@" + "b".repeat(64) + ".co")).isEmpty();
        assertThat(EmailAddress.parse("a@" + "ä".repeat(63) + ".co")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Alice@Example.com, aLICE@eXAMPLE.COM",
        "ÄÖÜ@b.co, äöü@b.co",
        "ΟΔΟΣ@b.co, οδος@b.co",
        "e\u0301@b.co, \u00e9@b.co"
    })
    void oneKeyForAddressesThatDifferInCaseOnly(String one, String other) {
        assertThat(key(one)).isEqualTo(key(other));
    }

    @ParameterizedTest
    @CsvSource({"alice@b.co, alice@c.co", "alice@b.co, al.ice@b.co", "a@straße.de, a@strasse.de", "e@b.co, \u00e9@b.co"
    })
    void differentKeysForDifferentAddresses(String one, String other) {
        assertThat(key(one)).isNotEqualTo(key(other));
    }

    @Test
    void aNormalisedAddressStaysAsItIs() {
        EmailAddress once = EmailAddress.parse("Ä <Ä.b@XN--PFEL-KOA.de>").orElseThrow();

        assertThat(EmailAddress.parse(once.value())).contains(once);
    }

    private static String key(String typed) {
        return EmailAddress.parse(typed).orElseThrow().key();
    }
}
