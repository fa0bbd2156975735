// @ts-check
// What the phone keeps, in IndexedDB: who it is, what it knows of the event, and what it has still to tell.

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

/** What is kept apart: small things by their names, the tickets, where they stand, and what is still to tell. */
const shelves = ["kept", "shelves", "standings", "out"];

function open() {
  opened ??= new Promise((done, fail) => {
    const ask = indexedDB.open("vuon-checkin", 1);
    ask.onupgradeneeded = () => { for (const name of shelves) ask.result.createObjectStore(name); };
    ask.onsuccess = () => done(ask.result);
    ask.onerror = () => fail(ask.error);
  });
  return opened;
}

/**
 * @template T
 * @param {string} name
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T> | undefined} act
 * @returns {Promise<T | undefined>}
 */
async function within(name, mode, act) {
  const tx = (await open()).transaction(name, mode);
  const ask = act(tx.objectStore(name));
  return new Promise((done, fail) => {
    tx.oncomplete = () => done(ask?.result);
    tx.onerror = tx.onabort = () => fail(tx.error);
  });
}

/** @param {string} name @param {string | number} key @returns {Promise<any>} */
export const get = (name, key) => within(name, "readonly", (s) => s.get(key));
/** @param {string} name @returns {Promise<any[]>} */
export const all = async (name) => (await within(name, "readonly", (s) => s.getAll())) ?? [];
/** @param {string} name @param {string | number} key @param {any} value */
export const put = (name, key, value) => within(name, "readwrite", (s) => s.put(value, key));
/** Many at once: each under its own name. @param {string} name @param {any[]} rows @param {(row: any) => string} key */
export const putAll = (name, rows, key) => within(name, "readwrite", (s) => { for (const row of rows) s.put(row, key(row)); return undefined; });
/** @param {string} name @param {string[]} keys */
export const drop = (name, keys) => within(name, "readwrite", (s) => { for (const key of keys) s.delete(key); return undefined; });
/** Forgets everything. @param {boolean} keepOut what is still to tell stays, and who tells it */
export async function wipe(keepOut) {
  await drop("kept", ["state"]);
  for (const name of keepOut ? ["shelves", "standings"] : shelves) await within(name, "readwrite", (s) => s.clear());
}
