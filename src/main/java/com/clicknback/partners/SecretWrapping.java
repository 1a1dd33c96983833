package com.clicknback.partners;

import com.clicknback.partners.signing.WebhookSecret;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.platform.migrations.MigrationStep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Wraps the secrets that stood in clear. Between the schema files that add the columns for it and drop the old one. */
public final class SecretWrapping extends MigrationStep {
    private static final String FIND_IN_CLEAR =
            "SELECT id, partner_id, secret FROM partner_secrets WHERE wrapped IS NULL FOR UPDATE";

    private static final String WRAP = "UPDATE partner_secrets SET wrapped = ?, key_id = ? WHERE id = ?";

    private final SecretCipher cipher;

    public SecretWrapping(Keyring keys) {
        super("18", "wrap the secrets of partners");
        this.cipher = new SecretCipher(keys);
    }

    @Override
    protected void run(Connection connection) throws SQLException {
        try (PreparedStatement found = connection.prepareStatement(FIND_IN_CLEAR);
                PreparedStatement wrap = connection.prepareStatement(WRAP);
                ResultSet secrets = found.executeQuery()) {
            while (secrets.next()) {
                UUID id = secrets.getObject("id", UUID.class);
                UUID partnerId = secrets.getObject("partner_id", UUID.class);
                Sealed wrapped = cipher.wrap(partnerId, id, WebhookSecret.ofKey(secrets.getBytes("secret")));
                wrap.setBytes(1, wrapped.bytes());
                wrap.setString(2, wrapped.keyId());
                wrap.setObject(3, id);
                wrap.executeUpdate();
            }
        }
    }
}
