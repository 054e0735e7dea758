package org.stratobox.sync.mesh.rest;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;

import okhttp3.OkHttpClient;

/// Trusts the one public key the user was told of, whoever signed its certificate, whatever its name and dates, and
/// nothing else. The handshake proves that the server holds the key.
///
/// @param pin SHA-256 of the SubjectPublicKeyInfo
record PinnedTrust(Digest256 pin) implements X509TrustManager {
    OkHttpClient applyTo(OkHttpClient http) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{this}, null);
            return http.newBuilder().sslSocketFactory(context.getSocketFactory(), this)
                    .hostnameVerifier((host, session) -> true).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length == 0 || !Sha256.of(chain[0].getPublicKey().getEncoded()).equals(pin)) {
            throw new CertificateException("the server's key is not the pinned one");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
