package dev.tiaki.cli.inline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * One decided flow as one line of JSON. A room of its own, for who never asks: Jackson's mapper
 * takes a tenth of a second of a JVM that has just begun.
 */
final class DecisionLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DecisionLine() {}

  static String of(DecidedFlow flow) throws JsonProcessingException {
    return JSON.writeValueAsString(flow);
  }

  static DecidedFlow read(String line) throws JsonProcessingException {
    return JSON.readValue(line, DecidedFlow.class);
  }
}
