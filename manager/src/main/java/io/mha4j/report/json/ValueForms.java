package io.mha4j.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import java.io.IOException;
import java.io.Serial;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that have a text form of their own, and secrets, which have none. */
final class ValueForms extends SimpleModule {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String EMPTY_MARIADB = "mariadb:";
    private static final Pattern MARIADB = Pattern.compile("\\d+-\\d+-\\d+(,.*)?");

    ValueForms() {
        super("values");
        addSerializer(Secret.class, new ToStringSerializer(Secret.class));
        addDeserializer(Secret.class, new NoSecret());
        addSerializer(Gtids.class, new GtidsToText());
        addDeserializer(Gtids.class, new GtidsFromText<>(Gtids.class));
        addDeserializer(GtidSet.class, new GtidsFromText<>(GtidSet.class));
        addDeserializer(MariadbGtids.class, new GtidsFromText<>(MariadbGtids.class));
        addKeySerializer(ServerId.class, new ServerKey());
        addKeyDeserializer(ServerId.class, new ServerFromKey());
    }

    /** The text of a value that has one of its own, whatever it is made of; of a secret, three stars. */
    static Optional<String> ownText(Object value) {
        if (value instanceof Secret secret) {
            return Optional.of(secret.toString());
        }
        return value instanceof Gtids gtids ? Optional.of(text(gtids)) : Optional.empty();
    }

    /** The empty position of MariaDB says so, because it must not come back as MySQL's empty set. */
    private static String text(Gtids gtids) {
        return gtids instanceof MariadbGtids && gtids.isEmpty() ? EMPTY_MARIADB : gtids.toString();
    }

    /** As {@code 0/server1/db1/192.0.2.1/3306}: the key of a JSON object must be text that says all. */
    static String key(ServerId id) {
        return id.order() + "/" + id.section() + "/" + id.host() + "/" + id.ip() + "/" + id.port();
    }

    /** A journal that held a secret would have lost it; going on with three stars would be worse than stopping. */
    private static final class NoSecret extends JsonDeserializer<Secret> {
        @Override
        public Secret deserialize(JsonParser p, DeserializationContext context) throws IOException {
            return context.reportInputMismatch(Secret.class, "a secret is not kept on disk; take it from the settings");
        }
    }

    private static final class GtidsToText extends JsonSerializer<Gtids> {
        @Override
        public void serialize(Gtids gtids, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(text(gtids));
        }
    }

    /** MySQL's form starts with a UUID, MariaDB's is three numbers. */
    private static final class GtidsFromText<T extends Gtids> extends JsonDeserializer<T> {
        private final Class<T> wanted;

        GtidsFromText(Class<T> wanted) {
            this.wanted = wanted;
        }

        @Override
        public T deserialize(JsonParser p, DeserializationContext context) throws IOException {
            String text = p.currentToken() == JsonToken.VALUE_STRING ? p.getText() : "no text";
            Gtids gtids = read(text);
            return wanted.isInstance(gtids)
                    ? wanted.cast(gtids)
                    : context.reportInputMismatch(wanted, "not GTIDs of this kind: %s", text);
        }

        private static Gtids read(String text) {
            if (text.equals(EMPTY_MARIADB)) {
                return MariadbGtids.EMPTY;
            }
            return MARIADB.matcher(text).matches() ? MariadbGtids.parse(text) : GtidSet.parse(text);
        }
    }

    private static final class ServerKey extends JsonSerializer<ServerId> {
        @Override
        public void serialize(ServerId id, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeFieldName(key(id));
        }
    }

    private static final class ServerFromKey extends KeyDeserializer {
        private static final Pattern KEY = Pattern.compile("(-?\\d+)/(.+)/([^/]+)/([^/]+)/(\\d+)", Pattern.DOTALL);

        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            Matcher m = KEY.matcher(key);
            if (!m.matches()) {
                return context.handleWeirdKey(ServerId.class, key, "not a server");
            }
            return new ServerId(
                    Integer.parseInt(m.group(1)), m.group(2), m.group(3), m.group(4), Integer.parseInt(m.group(5)));
        }
    }
}
