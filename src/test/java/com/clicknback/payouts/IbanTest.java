package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Set;
import org.apache.commons.validator.routines.checkdigit.CheckDigitException;
import org.apache.commons.validator.routines.checkdigit.IBANCheckDigit;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IbanTest {
    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    private record Written(@ValidIban String iban) {}

    private static boolean accepted(String iban) {
        return VALIDATOR.validate(new Written(iban)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89370400440532013000",
                "de89370400440532013000",
                "DE89 3704 0044 0532 0130 00",
                " dE89\t3704 0044\u00a00532 0130 00 ",
                "AT611904300234573201",
                "NO9386011117947",
                "GB82 WEST 1234 5698 7654 32",
                "FR1420041010050500013M02606",
                "MT84MALT011000012345MTLCAST001S",
                "LC55HEMM000100010012001200023015",
                "XK051212012345678906"
            })
    void acceptsIbansAsPeopleWriteThem(String iban) {
        assertThat(accepted(iban)).isTrue();
    }

    private static final Set<String> REGISTRY = Set.of(
            ("AD AE AL AT AZ BA BE BG BH BI BR BY CH CR CY CZ DE DJ DK DO EE EG ES FI FK FO FR GB GE GI GL GR GT HN HR HU IE IL"
                            + " IQ IS IT JO KW KZ LB LC LI LT LU LV LY MC MD ME MK MN MR MT MU NI NL NO OM PK PL PS PT QA RO RS"
                            + " RU SA SC SD SE SI SK SM SO ST SV TL TN TR UA VA VG XK YE")
                    .split(" "));

    @Test
    void acceptsThePrefixesOfTheRegistryOnly() throws CheckDigitException {
        for (char first = 'A'; first <= 'Z'; first++) {
            for (char second = 'A'; second <= 'Z'; second++) {
                String prefix = "" + first + second;
                assertThat(someLengthIsAccepted(prefix)).as(prefix).isEqualTo(REGISTRY.contains(prefix));
            }
        }
    }

    private static boolean someLengthIsAccepted(String prefix) throws CheckDigitException {
        for (int digits = 11; digits <= 30; digits++) {
            String account = "1".repeat(digits);
            String checkDigits = IBANCheckDigit.IBAN_CHECK_DIGIT.calculate(prefix + "00" + account);
            if (accepted(prefix + checkDigits + account)) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "DE89370400440532013001,                        a digit mistyped",
                "DE89370400440523013000,                        two digits swapped",
                "DE8937040044053201300,                         a character missing",
                "DE893704004405320130000,                       a character too many",
                "ED89370400440532013000,                        no country of the registry",
                "US64SVBKUS6S3300958879,                        a country that has no IBANs",
                "DE,                                            a country only",
                "D,                                             a letter",
                "\"\",                                          nothing",
                "\"   \",                                       blanks only",
                "DE89-3704-0044-0532-0130-00,                   other separators",
                "DE00370400440532013000,                        check digits that are never given",
                "8937040044 0532013000DE,                       parts in another order",
                "\"DE89 3704 0044 0532 0130 00                  \", longer than 42 with its blanks",
                "DE89370400440532013000DE89370400440532013000,  two of them"
            })
    void refusesWhatIsNoIban(String text, String why) {
        assertThat(accepted(text)).as(why).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ﬁ2112345600000785",
                "DE８９370400440532013000",
                "ẞE89370400440532013000",
                "DE89𝟛70400440532013000"
            })
    void refusesCharactersThatOnlyLookOrUpperCaseLikeAscii(String text) {
        assertThat(accepted(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "de89 3704 0044 0532 0130 00, DE89370400440532013000",
        "FR14 2004 1010 0505 0001 3m02 606, FR1420041010050500013M02606"
    })
    void normalisesToTheElectronicForm(String written, String normalised) {
        assertThat(Iban.normalise(written)).isEqualTo(normalised);
    }
}
