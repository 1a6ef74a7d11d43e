package dev.tiaki.netfilter.conntrack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelNamesTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("connlabel.conf"), text);
  }

  @Test
  void labels_have_the_names_of_the_file_or_else_their_numbers() throws IOException {
    LabelNames names = LabelNames.read(file("# ours\n\n5\tweb\n 127  mail # post\n"));
    assertThat(names.bit("web")).isEqualTo(5);
    assertThat(names.bit("127")).isEqualTo(127);
    assertThat(names.text(Labels.of(3, 5, 127))).isEqualTo("3,web,mail");
    assertThatThrownBy(() -> names.bit("ftp")).hasMessage("no such label: ftp");
    assertThatThrownBy(() -> names.bit("128")).hasMessageContaining("128");
    assertThat(LabelNames.NONE.text(Labels.of(1))).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"web 5", "5", "128 web", "5 web site", "-1 web"})
  void a_wrong_line_is_named(String line) throws IOException {
    Path file = file("1 first\n" + line + "\n");
    assertThatThrownBy(() -> LabelNames.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("connlabel.conf:2");
  }
}
