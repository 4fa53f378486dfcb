// Compresses what it is asked to: "LEVEL MEMLEVEL LENGTH" and the bytes; the reply is a length and a gzip file.
const fs = require("fs");
const zlib = require("zlib");

let held = Buffer.alloc(0);

function more() {
  const part = Buffer.alloc(1 << 20);
  let count = 0;
  try {
    count = fs.readSync(0, part, 0, part.length, null);
  } catch (e) {
    if (e.code !== "EAGAIN") throw e;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    return true;
  }
  held = Buffer.concat([held, part.subarray(0, count)]);
  return count > 0;
}

for (;;) {
  let end;
  while ((end = held.indexOf(10)) < 0) if (!more()) process.exit(0);
  const [level, memLevel, length] = held.subarray(0, end).toString().split(" ").map(Number);
  held = held.subarray(end + 1);
  while (held.length < length) if (!more()) process.exit(1);
  const made = zlib.gzipSync(held.subarray(0, length), { level, memLevel });
  held = held.subarray(length);
  let reply = Buffer.concat([Buffer.from(made.length + "\n"), made]);
  while (reply.length > 0) {
    try {
      reply = reply.subarray(fs.writeSync(1, reply));
    } catch (e) {
      if (e.code !== "EAGAIN") throw e;
    }
  }
}
