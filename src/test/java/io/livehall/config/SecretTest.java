package io.livehall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  @Test
  void secretIsRevealedOnlyWhenAsked() {
    var secret = new Secret("word");

    assertThat(secret.reveal()).isEqualTo("word");
    assertThat(secret + " " + String.format("%s", secret)).isEqualTo("*** ***");
  }

  @Test
  void secretsAreEqualByValue() {
    assertThat(new Secret("word"))
        .isEqualTo(new Secret("word"))
        .hasSameHashCodeAs(new Secret("word"));
    assertThat(new Secret("word"))
        .isNotEqualTo(new Secret("Word"))
        .isNotEqualTo(new Secret("words"));
    assertThat(new Secret("***")).isNotEqualTo("***");
  }

  @ParameterizedTest
  @CsvSource({
    "redis://h:6379/0, redis://h:6379/0",
    "redis://:pw@h, redis://:***@h",
    "redis://pw@h, redis://***@h",
    "postgresql://u:p:w@h/d, postgresql://u:***@h/d",
    "postgresql://u:p%40w@[::1]:5432/d, postgresql://u:***@[::1]:5432/d",
    "postgresql://h/d?sslmode=require&password=pw&x, postgresql://h/d?sslmode=require&password=***&=***"
  })
  void uriOfAStoreIsShownWithoutItsPassword(String uri, String shown) {
    assertThat(new StoreUri(uri)).hasToString(shown);
    assertThat(new StoreUri(uri).reveal()).isEqualTo(uri);
    assertThat(new StoreUri(uri)).isEqualTo(new StoreUri(uri)).hasSameHashCodeAs(new StoreUri(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h",
        "redis:h",
        "redis://",
        "redis://u:hid@den@h",
        "redis://u:hid/den@h",
        "redis://u:hid?den@h",
        "redis://u:hid#den@h",
        "redis://u:hid den@h",
        "redis://h/\n",
        "redis://h?x=u:hid@den"
      })
  void uriWhosePasswordCouldBeMistakenIsRefusedUnshown(String uri) {
    assertThatThrownBy(() -> new StoreUri(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContainingAny("hid", "den@");
  }
}
