// @ts-check
// What the phone keeps, in IndexedDB: who it is, what it knows of the event, and what it has still to tell.

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

function open() {
  opened ??= new Promise((done, fail) => {
    const ask = indexedDB.open("vuon-checkin", 1);
    ask.onupgradeneeded = () => { for (const name of ["kept", "shelves", "out"]) ask.result.createObjectStore(name); };
    ask.onsuccess = () => done(ask.result);
    ask.onerror = () => fail(ask.error);
  });
  return opened;
}

/**
 * @template T
 * @param {string} name
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
async function within(name, mode, act) {
  const tx = (await open()).transaction(name, mode);
  const ask = act(tx.objectStore(name));
  return new Promise((done, fail) => {
    tx.oncomplete = () => done(ask.result);
    tx.onerror = tx.onabort = () => fail(tx.error);
  });
}

/** @param {string} name @param {string | number} key @returns {Promise<any>} */
export const get = (name, key) => within(name, "readonly", (s) => s.get(key));
/** @param {string} name @returns {Promise<any[]>} */
export const all = (name) => within(name, "readonly", (s) => s.getAll());
/** @param {string} name @param {string | number} key @param {any} value */
export const put = (name, key, value) => within(name, "readwrite", (s) => s.put(value, key));
/** @param {string} name @param {string} key */
export const drop = (name, key) => within(name, "readwrite", (s) => s.delete(key));
/** Forgets everything. What was not yet told is kept where keepOut says so. @param {boolean} keepOut */
export async function wipe(keepOut) {
  for (const name of keepOut ? ["shelves"] : ["kept", "shelves", "out"]) await within(name, "readwrite", (s) => s.clear());
}
