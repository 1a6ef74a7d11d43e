package dev.tiaki.dissector.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Request targets in parts. */
class HttpUriTest {
  @Test
  void every_part() {
    HttpUri uri = HttpUri.split("http://me:secret@www.example.org:8080/a/b?x=1&y&z=#top");
    assertThat(uri.get(UriPart.SCHEME)).isEqualTo("http");
    assertThat(uri.get(UriPart.AUTHORITY)).isEqualTo("me:secret@www.example.org:8080");
    assertThat(uri.get(UriPart.USERINFO)).isEqualTo("me:secret");
    assertThat(uri.get(UriPart.USER)).isEqualTo("me");
    assertThat(uri.get(UriPart.PASS)).isEqualTo("secret");
    assertThat(uri.get(UriPart.HOST)).isEqualTo("www.example.org");
    assertThat(uri.get(UriPart.PORT)).isEqualTo("8080");
    assertThat(uri.get(UriPart.PATH)).isEqualTo("/a/b");
    assertThat(uri.get(UriPart.QUERY)).isEqualTo("x=1&y&z=");
    assertThat(uri.args()).containsEntry("x", "1").containsEntry("y", null).containsEntry("z", "");
    assertThat(uri.get(UriPart.FRAGMENT)).isEqualTo("top");
    assertThat(uri).hasToString("http://me:secret@www.example.org:8080/a/b?x=1&y&z=#top");
  }

  @Test
  void the_last_parameter_of_a_name_counts() {
    assertThat(HttpUri.split("/?a=1&a=2").args()).hasSize(1).containsEntry("a", "2");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP://Example.ORG, http://example.org/",
    "http://example.org:80/%7eme/%2f, http://example.org/~me/%2F",
    "example.org/a/./b/../c, http://example.org/a/c",
    "http://example.org/../../a/.., http://example.org/",
    "/a?q=%41%3d, /a?q=A%3D",
    "http://http://, http://http://",
    "://, ''",
    ":@, /"
  })
  void the_usual_form(String text, String expected) {
    HttpUri uri = HttpUri.split(text);
    uri.normalize();
    assertThat(uri).hasToString(expected);
  }

  @Test
  void cookies() {
    assertThat(HttpCookies.split("a=3; b=x=y;;nothing;c="))
        .hasSize(3)
        .containsEntry("a", "3")
        .containsEntry(" b", "x=y")
        .containsEntry("c", "");
  }
}
