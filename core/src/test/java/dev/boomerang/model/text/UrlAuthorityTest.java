// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.push.Webhook;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlAuthorityTest {
  private static final String LABEL_63 = "a".repeat(63);

  private static Optional<UrlAuthority> of(String url) {
    return Webhook.url(url).flatMap(UrlAuthority::of);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http://my_app:8080/hook my_app 8080",
        "http://my_app/hook my_app 80",
        "https://my_app my_app 443",
        "HTTP://a_b.example.com:/x a_b.example.com 80",
        "https://_dmarc.example.com/ _dmarc.example.com 443",
        "http://example.com:65535?a=b example.com 65535",
        "http://example.com./ example.com. 80",
        "http://-a-.example/ -a-.example 80",
        "http://10.0.0.1:1/ 10.0.0.1 1",
        "http://[::1]/ [::1] 80",
        "https://[2001:db8::1]:8443/x [2001:db8::1] 8443",
        "http://[::ffff:10.0.0.1]:/ [::ffff:10.0.0.1] 80",
        "http://例子.测试:81/路径 xn--fsqu00a.xn--0zwm56d 81",
        "http://my_例子/ xn--my_-xc0e315c 80",
        "http://my%5Fapp:8080/ my_app 8080",
        "http://b%C3%BCcher.example/ xn--bcher-kva.example 80"
      })
  void hostAndPort_areRead(String url, String host, int port) {
    assertThat(of(url)).contains(new UrlAuthority(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://my_app/",
        "my_app:8080/hook",
        "http:my_app",
        "http:/my_app",
        "http:///x",
        "http://:80/",
        "http://me@my_app/",
        "http://me:pssst@my_app:8080/",
        "http://@my_app/",
        "http://me%40my_app/",
        "http://my_app:0/",
        "http://my_app:65536/",
        "http://my_app:99999999999/",
        "http://my_app:80a/",
        "http://my_app:-1/",
        "http://my_app:+80/",
        "http://my_app:８０/",
        "http://my_app:80:81/",
        "http://a..b/",
        "http://.a_b/",
        "http://a_b!/",
        "http://a,b_c/",
        "http://a%00_b/",
        "http://a%2Fb_c/",
        "http://a%zz_b/",
        "http://a b_c/",
        "http://[::1/",
        "http://[::1]x/",
        "http://[::1]:x/",
        "http://[v1.a]/",
        "http://[fe80::1%25eth0]/",
        "http://[1.2.3.4]/",
        "http://[my_app]/",
        "http://::1/"
      })
  void whatHasNoHostToCall_isNone(String url) {
    assertThat(of(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void names_areAsLongAsNameServersTake(int labels) {
    String name = (LABEL_63 + ".").repeat(labels - 1) + LABEL_63.substring(0, 61);

    assertThat(of("http://" + name + "/").isPresent()).isEqualTo(labels == 4);
    assertThat(of("http://a_" + LABEL_63 + "/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://my_app:8080/hook", "http://例子.测试/x"})
  void url_staysAsItWasGiven(String url) {
    assertThat(Webhook.url(url)).contains(URI.create(url));
  }
}
