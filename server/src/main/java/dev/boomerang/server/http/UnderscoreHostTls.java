// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// TLS to hosts whose name has an underscore. The JDK neither tells a server that it asks for such
/// a name (SNI) nor finds one in a certificate. Here it is told, and [CertificateNames] looks for
/// it; that the certificate can be trusted is still the JDK's to say. Servers in Java refuse to be
/// told ([#refusesName]); they are asked without a name from then on.
final class UnderscoreHostTls {
  /// The alert that servers in Java answer such a name with.
  private static final String BAD_NAME = "illegal_parameter";

  private static final String NO_CHECK_OF_NAMES = "";

  private static final int REMEMBERED = 1_000;

  private final Set<String> unnamed = ConcurrentHashMap.newKeySet();

  static boolean isNeeded(String host) {
    return host.indexOf('_') >= 0;
  }

  /// Returns the options for requests to such a host.
  static ClientSSLOptions options() {
    return new ClientSSLOptions()
        .setHostnameVerificationAlgorithm(NO_CHECK_OF_NAMES)
        .setTrustOptions(TrustOptions.wrap(new NameTrust(systemTrust())));
  }

  /// Returns the engine options of a client that makes such requests; other hosts are treated as
  /// before.
  JdkSSLEngineOptions engine() {
    return new Engine();
  }

  /// Returns whether a request failed because the host's server does not take the name, and
  /// remembers that: the next one goes without.
  boolean refusesName(String host, Throwable failure) {
    boolean refused =
        isNeeded(host)
            && failure instanceof SSLHandshakeException
            && failure.getCause() instanceof SSLException alert
            && String.valueOf(alert.getMessage()).contains(BAD_NAME);
    if (unnamed.size() >= REMEMBERED) {
      unnamed.clear();
    }
    return refused && unnamed.add(host);
  }

  /// Returns the trust manager of this machine.
  private static X509ExtendedTrustManager systemTrust() {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      for (var manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager trust) {
          return trust;
        }
      }
      throw new IllegalStateException("the JDK has no trust manager");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot read who is trusted", e);
    }
  }

  private final class Engine extends JdkSSLEngineOptions {
    @Override
    public JdkSSLEngineOptions copy() {
      return new Engine();
    }

    @Override
    public SslContextFactory sslContextFactory() {
      return new DefaultSslContextFactory(SslProvider.JDK, false) {
        @Override
        public SslContext create() throws SSLException {
          return new Telling(super.create());
        }
      };
    }
  }

  /// A host's name as it goes to the server. The JDK's own kind takes strict names alone.
  private static final class HostName extends SNIServerName {
    HostName(String host) {
      super(StandardConstants.SNI_HOST_NAME, host.getBytes(US_ASCII));
    }
  }

  /// Tells the server the name.
  private final class Telling extends DelegatingSslContext {
    Telling(SslContext context) {
      super(context);
    }

    @Override
    protected void initEngine(SSLEngine engine) {
      Optional.ofNullable(engine.getPeerHost())
          .filter(host -> isNeeded(host) && !unnamed.contains(host))
          .ifPresent(
              host -> {
                var parameters = engine.getSSLParameters();
                parameters.setServerNames(List.of(new HostName(host)));
                engine.setSSLParameters(parameters);
              });
    }
  }

  private static final class NameTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager trust;

    NameTrust(X509ExtendedTrustManager trust) {
      this.trust = trust;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
        throws CertificateException {
      trust.checkServerTrusted(chain, kind, engine);
      CertificateNames.check(chain[0], Optional.ofNullable(engine.getPeerHost()).orElse(""));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      throw noName();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      throw noName();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
        throws CertificateException {
      throw noName();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      throw noName();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      throw noName();
    }

    /// Refuses a check without an engine, which alone knows the host.
    private static CertificateException noName() {
      return new CertificateException("there is no host to compare the certificate with");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return trust.getAcceptedIssuers();
    }
  }
}
