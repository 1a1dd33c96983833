package com.clicknback.platform.tls;

import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trust in servers whose refusals are told to the log, with their reason. The client of PostgreSQL tells only that the
 * connection broke. Equal where the same is trusted, so that connections share what is made of it.
 */
record NamedRefusals(TrustOptions trusted) implements TrustOptions {
    private static final Logger LOG = LoggerFactory.getLogger(NamedRefusals.class);

    @Override
    public TrustOptions copy() {
        return this;
    }

    @Override
    public TrustManagerFactory getTrustManagerFactory(Vertx vertx) throws Exception {
        TrustManager first = trusted.getTrustManagerFactory(vertx).getTrustManagers()[0];
        return TrustOptions.wrap(new Naming((X509ExtendedTrustManager) first)).getTrustManagerFactory(vertx);
    }

    @Override
    public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) {
        return serverName -> null;
    }

    @FunctionalInterface
    private interface Check {
        void run() throws CertificateException;
    }

    private static final class Naming extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager judge;

        Naming(X509ExtendedTrustManager judge) {
            this.judge = judge;
        }

        private static void named(X509Certificate[] chain, Check check) throws CertificateException {
            try {
                check.run();
            } catch (CertificateException e) {
                LOG.warn(
                        "The certificate of the database's server ({}) is not trusted: {}",
                        chain[0].getSubjectX500Principal(),
                        reason(e));
                throw e;
            }
        }

        private static String reason(Throwable failure) {
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return String.valueOf(cause.getMessage());
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            named(chain, () -> judge.checkServerTrusted(chain, type, engine));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            named(chain, () -> judge.checkServerTrusted(chain, type, socket));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            named(chain, () -> judge.checkServerTrusted(chain, type));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            judge.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            judge.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            judge.checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return judge.getAcceptedIssuers();
        }
    }
}
