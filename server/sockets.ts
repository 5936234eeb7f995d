import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketTransport } from "colyseus";
import { isSameOrigin } from "./http/sameOrigin.ts";

/** Largest message a client may send, bytes; the longest intent is a hundredth of it. */
const MESSAGE_BYTES_MAX = 8 * 1024;

/**
 * A socket that leaves two pings unanswered is dead: a phone that went through a tunnel is noticed after four to six
 * seconds, and a bot takes its seat three seconds later.
 */
const PING = { pingInterval: 2_000, pingMaxRetries: 2 };

/**
 * Takes web sockets for rooms on the server's own port: from our own page or a program, to the address of a reserved
 * seat, and nothing else. Whatever does not look like that is closed before Colyseus parses it.
 */
export function takeSockets(server: Server): WebSocketTransport {
  server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    if (isForRoom(request)) return;
    socket.on("error", () => socket.destroy());
    socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  const transport = new WebSocketTransport({ noServer: true, maxPayload: MESSAGE_BYTES_MAX, ...PING });
  return transport.attachToServer(server, { filter: isForRoom });
}

function isForRoom(request: IncomingMessage): boolean {
  return /^\/[\w-]+\/[\w-]+\?[\w=&%.-]*$/.test(request.url ?? "") && isSameOrigin(request);
}
