package io.livehall.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.config.Secret;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The published example of the signature, and one of ours. */
class Tc3SignatureTest {
  private static final Instant AT = Instant.ofEpochSecond(1_551_113_065);
  private static final Secret ID = new Secret("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE");
  private static final Secret KEY = new Secret("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE");

  @Test
  void theExampleOfTheCloudIsSignedAsThere() {
    var signature = new Tc3Signature(ID, KEY, "cvm.tencentcloudapi.com", "cvm");
    String body =
        "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\":"
            + " \"instance-name\"}]}";

    assertThat(Tc3Signature.hash(body))
        .isEqualTo("35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064");
    assertThat(signature.canonicalHash(body))
        .isEqualTo("5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031");
    assertThat(signature.authorization(body, AT))
        .isEqualTo(
            "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request,"
                + " SignedHeaders=content-type;host,"
                + " Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168");
  }

  @Test
  void theQuestionForAStreamIsSigned() {
    var signature = new Tc3Signature(ID, KEY, "live.tencentcloudapi.com", "live");
    String body =
        "{\"AppName\":\"live\",\"DomainName\":\"5000.livepush.myqcloud.com\",\"StreamName\":\"stream1\"}";

    assertThat(Tc3Signature.hash(body))
        .isEqualTo("b2f67e120fc077774875992fd1e407b9041ca2ee58cd12e82fae53402595993e");
    assertThat(signature.canonicalHash(body))
        .isEqualTo("7fd8da9df755b5b4f64d5dcc1d25aa461c16302f9471676a88ad05909cfd2ec6");
    assertThat(signature.authorization(body, AT))
        .endsWith("Signature=a89e51ecc8327ded9f6d3fa180d77039c9c745c8bfffb7d4743c2346d508acb0");
  }

  @Test
  void theFirstApiIsSignedAsItsManualSays() {
    assertThat(CallbackSignature.sign(new Secret("40328529ca4381a80c6ecf2e6aa57438"), "1490858347"))
        .isEqualTo("7f29ed83c61b77de1b0d66936fd4fd44");
  }
}
