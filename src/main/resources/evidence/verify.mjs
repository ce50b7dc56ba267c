#!/usr/bin/env node
// Checks an evidence export without the house that wrote it, by the format in FORMAT.md alone.
//   node verify.mjs EXPORT [--seal SEAL]... [--key KEY]...
// Exit status: 0 good, 1 tampered (the first bad entry is named), 2 unreadable, 3 another installation, 4 unknown key.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync, openSync, readSync, closeSync } from "node:fs";

const GOOD = 0, TAMPERED = 1, UNREADABLE = 2, OTHER_INSTALLATION = 3, UNKNOWN_KEY = 4;

class Said extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

const sha256 = (...parts) => {
  const hash = createHash("sha256");
  parts.forEach((part) => hash.update(part));
  return hash.digest();
};
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** The tree of RFC 9162: the roots of its whole parts, the largest first. */
class Tree {
  size = 0;
  #peaks = [];

  add(leaf) {
    let hash = leaf;
    for (let n = this.size; n % 2 === 1; n = (n - 1) / 2) {
      hash = sha256(NODE, this.#peaks.pop(), hash);
    }
    this.#peaks.push(hash);
    this.size++;
  }

  root() {
    if (this.size === 0) return sha256().toString("hex");
    return this.#peaks.reduceRight((right, left) => sha256(NODE, left, right)).toString("hex");
  }
}

/** Members in the order of their names, no spaces: enough for seals, whose values are plain texts and whole numbers. */
const canonical = (object) =>
  "{" + Object.keys(object).sort().map((name) => JSON.stringify(name) + ":" + JSON.stringify(object[name])).join(",") + "}";

const FIELDS = ["at", "id", "installation", "key", "root", "signature", "size"];

function seal(text) {
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  const whole = read !== null && typeof read === "object" && Object.keys(read).sort().join() === FIELDS.join();
  return whole && canonical(read) === text ? read : null;
}

function genuine(seal) {
  const { signature, ...signed } = seal;
  try {
    const key = createPublicKey({
      key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(seal.key, "hex")]),
      format: "der",
      type: "spki",
    });
    return /^[0-9a-f]{128}$/.test(signature) && verify(null, Buffer.from(canonical(signed)), key, Buffer.from(signature, "hex"));
  } catch {
    return false;
  }
}

function* lines(path) {
  const file = openSync(path, "r");
  const chunk = Buffer.alloc(1 << 16);
  let rest = Buffer.alloc(0);
  try {
    for (let n; (n = readSync(file, chunk)) > 0; ) {
      let block = Buffer.concat([rest, chunk.subarray(0, n)]);
      for (let end; (end = block.indexOf(10)) >= 0; block = block.subarray(end + 1)) yield Buffer.from(block.subarray(0, end));
      rest = Buffer.from(block);
    }
  } finally {
    closeSync(file);
  }
  // What ends without a line feed was cut.
  if (rest.length > 0) yield Buffer.concat([rest, Buffer.from([0])]);
}

function entry(line, position) {
  const begin = '{"entry":';
  const end = `","position":${position}}`;
  const text = line.toString("latin1");
  const leafAt = line.length - end.length - 64;
  const middle = ',"leaf":"';
  const shaped =
    leafAt - middle.length > begin.length && text.startsWith(begin) && text.endsWith(end) && text.startsWith(middle, leafAt - middle.length);
  if (!shaped) throw new Said(TAMPERED, `Entry ${position} is not written as it was sealed, or stands at another place.`);
  const bytes = line.subarray(begin.length, leafAt - middle.length);
  if (bytes.equals(Buffer.from("null"))) throw new Said(TAMPERED, `Entry ${position} was removed after it was sealed.`);
  const leaf = sha256(LEAF, bytes);
  if (leaf.toString("hex") !== text.substring(leafAt, leafAt + 64)) throw new Said(TAMPERED, `Entry ${position} was changed.`);
  return leaf;
}

/** Where the way from a leaf leads, by RFC 9162, section 2.1.3.2; null where it is too long or too short. */
function root(leaf, position, size, path) {
  if (position >= size) return null;
  let node = position, last = size - 1, hash = leaf;
  for (const beside of path) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      hash = sha256(NODE, beside, hash);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else hash = sha256(NODE, hash, beside);
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : null;
}

const PART = /^\{"entry":(.*),"leaf":"([0-9a-f]{64})","path":\[((?:"[0-9a-f]{64}"(?:,"[0-9a-f]{64}"){0,62})?)\],"position":(0|[1-9][0-9]{0,14})\}$/s;

/** Some entries, each with the way to the root of the one seal at the end. */
function checkPart(header, walk, outside, keys) {
  const entries = [];
  let last = null;
  for (const line of walk) {
    if (last !== null) entries.push(last);
    last = line;
  }
  const found = entries.map((line, at) => {
    const parts = PART.exec(line.toString("latin1"));
    if (parts === null) throw new Said(TAMPERED, `Line ${at + 2} of this part is not written as the format says.`);
    return { entry: Buffer.from(parts[1], "latin1"), leaf: parts[2], path: parts[3].match(/[0-9a-f]{64}/g) ?? [], position: Number(parts[4]) };
  });
  found.forEach((one, at) => {
    if (at > 0 && found[at - 1].position >= one.position) throw new Said(TAMPERED, `Entry ${one.position} does not stand behind the one before it.`);
    if (one.entry.equals(Buffer.from("null"))) throw new Said(TAMPERED, `Entry ${one.position} was removed after it was sealed.`);
    if (sha256(LEAF, one.entry).toString("hex") !== one.leaf) throw new Said(TAMPERED, `Entry ${one.position} was changed.`);
  });
  const end = last === null ? null : seal(last.toString());
  if (end === null) throw new Said(TAMPERED, "The part was cut: the seal at its end is missing, or was changed.");
  const other = outside.find((one) => one.installation !== end.installation);
  if (other) throw new Said(OTHER_INSTALLATION, `The part comes from installation ${end.installation}, seal ${other.id} from ${other.installation}.`);
  if (header !== canonical({ count: found.length, format: "jabr-evidence-part", installation: end.installation, size: end.size, version: 1 }))
    throw new Said(TAMPERED, `The header does not belong to the seal and the ${found.length} entries behind it.`);
  if (!genuine(end)) throw new Said(TAMPERED, `Seal ${end.id} was changed: its signature does not fit.`);
  for (const { leaf, path, position } of found) {
    const led = root(Buffer.from(leaf, "hex"), position, end.size, path.map((hash) => Buffer.from(hash, "hex")));
    if (led?.toString("hex") !== end.root) throw new Said(TAMPERED, `Entry ${position} does not lead to the root of seal ${end.id}.`);
  }
  const same = outside.filter((one) => one.size === end.size);
  const wrong = same.find((one) => one.root !== end.root);
  if (wrong) throw new Said(TAMPERED, `The entries are not those that were sealed. Seal ${wrong.id} tells.`);
  const known = (outside.length === 0 && keys.length === 0) || keys.includes(end.key) || outside.some((one) => one.key === end.key);
  if (!known) throw new Said(UNKNOWN_KEY, `The part is signed with a key that is not known: ${end.key}.`);
  if (outside.length > 0 && same.length === 0)
    throw new Said(UNREADABLE, `No seal that was kept lies over ${end.size} entries as seal ${end.id} does, so they cannot be compared.`);
  return `All ${found.length} entries of this part lie below seal ${end.id}` + (outside.length ? ", and a seal kept outside is the same." : ". No seal kept outside was given.");
}

function check(path, outside, keys) {
  const walk = lines(path);
  const header = (walk.next().value ?? Buffer.alloc(0)).toString();
  if (header.startsWith('{"count":') && header.includes('"format":"jabr-evidence-part"')) return checkPart(header, walk, outside, keys);
  if (!header.startsWith('{"format":"jabr-evidence"')) throw new Said(UNREADABLE, "This is no evidence export.");
  const kept = [...outside].sort((one, other) => one.size - other.size);
  const tree = new Tree();
  let last = null;
  const range = (to, id) => {
    const before = kept.filter((one) => one.size < to && one.size <= tree.size).map((one) => one.size);
    return new Said(TAMPERED, `Entries ${Math.max(0, ...before)} to ${to - 1} are not those that were sealed. Seal ${id} tells.`);
  };
  for (const line of walk) {
    if (last !== null) {
      tree.add(entry(last, tree.size));
      for (const one of kept) if (one.size === tree.size && one.root !== tree.root()) throw range(one.size, one.id);
    }
    last = line;
  }
  const end = last === null ? null : seal(last.toString());
  if (end === null) throw new Said(TAMPERED, `The export was cut: entry ${tree.size} or the seal behind it is missing.`);
  const other = kept.find((one) => one.installation !== end.installation);
  if (other) throw new Said(OTHER_INSTALLATION, `The export comes from installation ${end.installation}, seal ${other.id} from ${other.installation}.`);
  if (end.size !== tree.size) throw new Said(TAMPERED, `The export was cut: entry ${Math.min(end.size, tree.size)} is missing, or one too many.`);
  if (header !== canonical({ format: "jabr-evidence", installation: end.installation, size: end.size, version: 1 }))
    throw new Said(TAMPERED, "The header was changed: it does not belong to the seal.");
  if (!genuine(end)) throw new Said(TAMPERED, `Seal ${end.id} was changed: its signature does not fit.`);
  if (end.root !== tree.root()) throw range(end.size, end.id);
  const known = (kept.length === 0 && keys.length === 0) || keys.includes(end.key) || kept.some((one) => one.key === end.key);
  if (!known) throw new Said(UNKNOWN_KEY, `The export is signed with a key that is not known: ${end.key}.`);
  const later = kept.find((one) => one.size > tree.size);
  if (later) throw new Said(TAMPERED, `The export ends before the seal that was kept outside: entries ${tree.size} to ${later.size - 1} are missing.`);
  return `All ${tree.size} entries are as they were sealed` + (kept.length ? ", and the seals kept outside agree." : ". No seal kept outside was given.");
}

function main(args) {
  const exports = [], outside = [], keys = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--seal") {
      const path = args[++i];
      let read = [null];
      try {
        read = readFileSync(path, "utf8").trim().split("\n").map(seal);
      } catch {
        // Said below.
      }
      if (read.some((one) => one === null || !genuine(one))) throw new Said(UNREADABLE, `The file of the seal cannot be read as a genuine seal: ${path}.`);
      outside.push(...read);
    } else if (args[i] === "--key") keys.push(args[++i]);
    else exports.push(args[i]);
  }
  if (exports.length !== 1) throw new Said(UNREADABLE, "Please say: node verify.mjs EXPORT [--seal SEAL]... [--key KEY]...");
  try {
    return check(exports[0], outside, keys);
  } catch (problem) {
    if (problem instanceof Said) throw problem;
    throw new Said(UNREADABLE, `The export cannot be read: ${problem.message}`);
  }
}

try {
  console.log("GOOD " + main(process.argv.slice(2)));
} catch (problem) {
  if (!(problem instanceof Said)) throw problem;
  console.log(["GOOD", "TAMPERED", "UNREADABLE", "OTHER_INSTALLATION", "UNKNOWN_KEY"][problem.status] + " " + problem.message);
  process.exitCode = problem.status;
}
