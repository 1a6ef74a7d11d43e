package dev.tiaki.cli.control.resource;

import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.http.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** {@code GET /v1/openapi.yaml}: this API, described as OpenAPI 3.1. */
final class DescriptionResource implements Resource {
  DescriptionResource() {}

  @Override
  public Reply answer(Request request) throws IOException {
    try (InputStream in = DescriptionResource.class.getResourceAsStream("openapi.yaml")) {
      byte[] text = Objects.requireNonNull(in, "openapi.yaml").readAllBytes();
      return new Reply.Text(200, "application/yaml", new String(text, StandardCharsets.UTF_8));
    }
  }
}
