package com.clicknback.config;

import static java.util.Objects.requireNonNull;

import com.clicknback.money.Money;
import com.clicknback.platform.address.HostName;
import com.clicknback.platform.address.HostPort;
import com.clicknback.platform.address.Network;
import com.clicknback.platform.address.Origin;
import com.clicknback.platform.tracing.CollectorHeader;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The types of settings, each read from text: all that the environment can hold. A text that a type refuses is noted by
 * its place and read as nothing, so that one pass finds all that is wrong.
 */
final class TextTypes {
    /** Context attribute: the collection of pointers to refused texts. */
    static final String REFUSED = "refused";

    private static final int SECONDS_MAX = 10 * 365 * 24 * 3600;
    private static final int KEY_BYTES = 32;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.eE+-]*");
    private static final BigDecimal MONEY_MIN = Money.ofMinor(1).toDecimal();
    private static final BigDecimal MONEY_MAX = Money.MAX.toDecimal();

    private static final Map<Class<?>, TextType<?>> TYPES = new LinkedHashMap<>();

    /** Reads a text or throws RuntimeException; {@code refused} stands in for a text that was refused. */
    private record TextType<T>(
            String expectation,
            Function<String, T> parse,
            @Nullable T refused) {}

    static {
        add(String.class, "a text", text -> text);
        add(Path.class, "a folder", Path::of);
        add(Pattern.class, "a regular expression", Pattern::compile);
        add(UUID.class, "a UUID", TextTypes::uuid);
        add(BigDecimal.class, "a number", TextTypes::number);
        add(
                Money.class,
                "a number from %s to %s with at most 2 fraction digits".formatted(MONEY_MIN, MONEY_MAX),
                TextTypes::money);
        add(Duration.class, "a whole number from 1 to " + SECONDS_MAX, TextTypes::seconds);
        add(SecretKey.class, "base64 of exactly " + KEY_BYTES + " bytes", TextTypes::key);
        add(Network.class, "an IP address or a network", Network::parse);
        add(HostName.class, "a host name", HostName::parse);
        add(Origin.class, "an origin", Origin::parse);
        add(HostPort.class, "host:port", HostPort::parse);
        add(CollectorHeader.class, "name=value", CollectorHeader::parse);
        add(URI.class, "an http or https URL without user and password", TextTypes::web);
        add(DatabaseUrl.class, DatabaseUrl.FORM, DatabaseUrl::parse);
        TYPES.put(int.class, new TextType<>("a whole number", TextTypes::whole, 0));
        TYPES.put(boolean.class, new TextType<>("true or false", TextTypes::bool, false));
    }

    private TextTypes() {}

    private static <T> void add(Class<T> type, String expectation, Function<String, T> parse) {
        TYPES.put(type, new TextType<>(expectation, parse, null));
    }

    /** True for types that a single text becomes, unlike sections. */
    static boolean reads(Class<?> type) {
        return TYPES.containsKey(type);
    }

    static String expectation(Class<?> type) {
        return requireNonNull(TYPES.get(type)).expectation();
    }

    /** The name of an enum's constant in settings. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static SimpleModule module() {
        SimpleModule module = new SimpleModule();
        TYPES.forEach((type, texts) -> add(module, type, texts));
        module.setDeserializerModifier(new BeanDeserializerModifier() {
            @Serial
            private static final long serialVersionUID = 1;

            @Override
            public JsonDeserializer<?> modifyEnumDeserializer(
                    DeserializationConfig config,
                    JavaType type,
                    BeanDescription description,
                    JsonDeserializer<?> standard) {
                return new FromText<>(new TextType<>("", text -> constant(type.getRawClass(), text), null));
            }
        });
        return module;
    }

    @SuppressWarnings("unchecked")
    private static <T> void add(SimpleModule module, Class<T> type, TextType<?> texts) {
        module.addDeserializer(type, new FromText<>((TextType<T>) texts));
    }

    private static final class FromText<T> extends JsonDeserializer<T> {
        private final TextType<T> type;

        FromText(TextType<T> type) {
            this.type = type;
        }

        @Override
        public @Nullable T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            try {
                return type.parse().apply(in.getText());
            } catch (RuntimeException refused) {
                refused(context).add(in.getParsingContext().pathAsPointer());
                return type.refused();
            }
        }

        @Override
        public @Nullable T getNullValue(DeserializationContext context) {
            return type.refused();
        }

        @SuppressWarnings("unchecked")
        private static Collection<JsonPointer> refused(DeserializationContext context) {
            return (Collection<JsonPointer>) context.getAttribute(REFUSED);
        }
    }

    private static Object constant(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> name((Enum<?>) constant).equals(text))
                .findAny()
                .orElseThrow();
    }

    private static boolean bool(String text) {
        require(text.equals("true") || text.equals("false"));
        return text.equals("true");
    }

    private static UUID uuid(String text) {
        UUID id = UUID.fromString(text);
        require(id.toString().equalsIgnoreCase(text));
        return id;
    }

    private static int whole(String text) {
        return Integer.parseInt(plain(text));
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(plain(text));
    }

    /** The JDK also reads a leading plus and the digits of other scripts, which nobody means. */
    private static String plain(String text) {
        require(NUMBER.matcher(text).matches());
        return text;
    }

    private static Money money(String text) {
        BigDecimal amount = number(text);
        require(amount.compareTo(MONEY_MIN) >= 0 && amount.compareTo(MONEY_MAX) <= 0);
        return Money.ofDecimal(amount);
    }

    private static URI web(String text) {
        URI url = URI.create(text);
        require(("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && HostPort.hasPort(url));
        // The setting is shown; a password belongs into the headers, which are not.
        require(url.getRawUserInfo() == null);
        return url;
    }

    private static Duration seconds(String text) {
        int seconds = whole(text);
        require(seconds >= 1 && seconds <= SECONDS_MAX);
        return Duration.ofSeconds(seconds);
    }

    /** The key that a base64 text holds; throws IllegalArgumentException for one of another length. */
    static SecretKey key(String base64) {
        byte[] key = Base64.getDecoder().decode(base64);
        require(key.length == KEY_BYTES);
        return new SecretKeySpec(key, "AES");
    }

    static void require(boolean accepted) {
        if (!accepted) {
            throw new IllegalArgumentException("refused");
        }
    }
}
