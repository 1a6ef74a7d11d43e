package dev.tiaki.dissector.http;

import dev.tiaki.engine.event.EventPoint;

/** The events of HTTP. One that nobody listens to costs nothing. */
public final class HttpEvents {
  private final EventPoint<HttpListener.OnRequest> request = new EventPoint<>("http:request");
  private final EventPoint<HttpListener.OnResponse> response = new EventPoint<>("http:response");
  private final EventPoint<HttpListener.OnData> receiveData = new EventPoint<>("http:receive_data");
  private final EventPoint<HttpListener.OnData> requestData = new EventPoint<>("http:request_data");
  private final EventPoint<HttpListener.OnData> responseData =
      new EventPoint<>("http:response_data");
  private final EventPoint<HttpListener.OnAnomaly> anomaly = new EventPoint<>("http:anomaly");
  private final EventPoint<HttpListener.OnUpgrade> upgrade = new EventPoint<>("http:upgrade");
  private final EventPoint<HttpListener.OnExchange> exchange = new EventPoint<>("http:exchange");

  HttpEvents() {}

  /** The head of a request is complete. */
  public EventPoint<HttpListener.OnRequest> request() {
    return request;
  }

  /** The head of a response is complete. */
  public EventPoint<HttpListener.OnResponse> response() {
    return response;
  }

  /** A piece of a body, of either direction. */
  public EventPoint<HttpListener.OnData> receiveData() {
    return receiveData;
  }

  /** A piece of a request's body. */
  public EventPoint<HttpListener.OnData> requestData() {
    return requestData;
  }

  /** A piece of a response's body. */
  public EventPoint<HttpListener.OnData> responseData() {
    return responseData;
  }

  /** A message that two readers may understand differently. */
  public EventPoint<HttpListener.OnAnomaly> anomaly() {
    return anomaly;
  }

  /** The rest of the connection is another protocol. */
  public EventPoint<HttpListener.OnUpgrade> upgrade() {
    return upgrade;
  }

  /** An exchange of request and response has ended. */
  public EventPoint<HttpListener.OnExchange> exchange() {
    return exchange;
  }

  /** Tells whether somebody listens to bodies that go one way. */
  boolean wantsData(boolean ofRequest) {
    return !receiveData.isEmpty() || !(ofRequest ? requestData : responseData).isEmpty();
  }

  /** Tells whether somebody can ask for the heads of messages. */
  boolean wantsMessages() {
    return !(request.isEmpty()
        && response.isEmpty()
        && receiveData.isEmpty()
        && requestData.isEmpty()
        && responseData.isEmpty()
        && anomaly.isEmpty()
        && upgrade.isEmpty()
        && exchange.isEmpty());
  }
}
