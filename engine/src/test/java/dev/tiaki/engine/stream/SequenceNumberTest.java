package dev.tiaki.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceNumberTest {
  @Test
  void a_number_just_before_the_wrap_is_before_one_just_after_it() {
    assertThat(SequenceNumber.isBefore(0xffff_fff0, 0x10)).isTrue();
    assertThat(SequenceNumber.isAfter(0x10, 0xffff_fff0)).isTrue();
    assertThat(SequenceNumber.distance(0xffff_fff0, 0x10)).isEqualTo(0x20);
    assertThat(SequenceNumber.max(0xffff_fff0, 0x10)).isEqualTo(0x10);
    assertThat(SequenceNumber.min(0xffff_fff0, 0x10)).isEqualTo(0xffff_fff0);
  }

  @Test
  void a_window_spans_the_wrap() {
    assertThat(SequenceNumber.isInWindow(0x5, 0xffff_fff0, 0x20)).isTrue();
    assertThat(SequenceNumber.isInWindow(0x10, 0xffff_fff0, 0x20)).isFalse();
    assertThat(SequenceNumber.isInWindow(0xffff_ffef, 0xffff_fff0, 0x20)).isFalse();
  }

  @Test
  void numbers_read_as_unsigned() {
    assertThat(SequenceNumber.toUnsigned(-1)).isEqualTo(4294967295L);
  }
}
