package org.jabr.surveys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jabr.rules.Problem;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The customers' signed links to their own case. The signature is an HMAC-SHA256 over the reference with a key that the
 * installation made for itself; who has the link may see and answer, nothing else.
 */
@Component
public class CustomerLinks {

    private static final String NAME = "customer-links";
    private static final int SIGNATURE_BYTES = 16;

    private final JdbcClient jdbc;
    private final TransactionTemplate ownTransaction;
    private volatile byte[] key = new byte[0];

    CustomerLinks(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Path of the customer's page of a case, such as {@code /c/R-2026-000123/9f...}. */
    public String path(String caseReference) {
        return "/c/" + caseReference + "/" + sign(caseReference);
    }

    /** @throws Problem {@code LINK-001} where the signature does not belong to the reference */
    public void check(String caseReference, String signature) {
        if (!MessageDigest.isEqual(
                sign(caseReference).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8))) {
            throw new Problem(Problem.Kind.NOT_FOUND, "LINK-001");
        }
    }

    private String sign(String caseReference) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(), "HmacSHA256"));
            byte[] full = mac.doFinal(caseReference.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(full, 0, SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized byte[] key() {
        if (key.length == 0) {
            key = HexFormat.of().parseHex(readOrMakeOnce());
        }
        return key;
    }

    /** Where two nodes make the key at once, one transaction fails as a whole; a new one then reads the key that won. */
    private String readOrMakeOnce() {
        try {
            return ownTransaction.execute(status -> readOrMake());
        } catch (DuplicateKeyException otherNodeWasFaster) {
            return ownTransaction.execute(status -> readOrMake());
        }
    }

    private String readOrMake() {
        byte[] fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        jdbc.sql("""
                        insert into installation_secret (name, content)
                        select cast(:name as varchar(40)), cast(:content as varchar(200))
                        where not exists (select 1 from installation_secret where name = :name)
                        """)
                .param("name", NAME)
                .param("content", HexFormat.of().formatHex(fresh))
                .update();
        return jdbc.sql("select content from installation_secret where name = :name")
                .param("name", NAME)
                .query(String.class)
                .single();
    }
}
