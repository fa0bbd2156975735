// @ts-check
// Reads QR codes from the camera: with what the browser has, or else with our own reader, which comes when it is wanted.

/** @typedef {{ stop: () => void, torch: (() => Promise<void>) | null }} Eye */

/**
 * Opens the camera and tells what it reads.
 * @param {HTMLVideoElement} video
 * @param {(text: string) => void} seen
 * @returns {Promise<Eye>}
 */
export async function openEye(video, seen) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  video.srcObject = stream;
  await video.play();
  const awake = await /** @type {any} */ (navigator).wakeLock?.request("screen").catch(() => null);
  const read = await reader();
  let open = true;
  const turn = async () => {
    if (!open) return;
    const text = video.videoWidth ? await read(video).catch(() => "") : "";
    if (text) seen(text);
    setTimeout(turn, text ? 600 : 120);
  };
  turn();
  const track = stream.getVideoTracks()[0];
  const can = /** @type {any} */ (track?.getCapabilities?.() ?? {}).torch;
  let lit = false;
  return {
    stop: () => { open = false; awake?.release(); for (const t of stream.getTracks()) t.stop(); },
    torch: can ? async () => { lit = !lit; await track?.applyConstraints(/** @type {any} */ ({ advanced: [{ torch: lit }] })); } : null,
  };
}

/** @returns {Promise<(video: HTMLVideoElement) => Promise<string>>} */
async function reader() {
  const Detector = /** @type {any} */ (globalThis).BarcodeDetector;
  if (Detector && (await Detector.getSupportedFormats()).includes("qr_code")) {
    const detector = new Detector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
  }
  const { decodeQR } = await import("../vendor/qr.js");
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    canvas.width = 640;
    canvas.height = Math.round((640 * video.videoHeight) / video.videoWidth);
    pen?.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = pen?.getImageData(0, 0, canvas.width, canvas.height);
    return picture ? decodeQR(picture) : "";
  };
}

/** @type {AudioContext | undefined} */
let sound;
// A telephone lets a page sound only once it was touched.
addEventListener("pointerdown", () => { try { sound ??= new AudioContext(); sound.resume(); } catch { /* it stays silent */ } }, { once: true });

/** A sound and a push for what came of a look: high for yes, low and twice for no. @param {boolean} good */
export function ring(good) {
  navigator.vibrate?.(good ? 80 : [120, 80, 120]);
  try {
    if (!sound) return;
    for (const [n, pitch] of (good ? [880] : [220, 180]).entries()) {
      const tone = sound.createOscillator();
      const loud = sound.createGain();
      tone.frequency.value = pitch;
      loud.gain.value = 0.2;
      tone.connect(loud).connect(sound.destination);
      tone.start(sound.currentTime + n * 0.2);
      tone.stop(sound.currentTime + n * 0.2 + 0.15);
    }
  } catch { /* a phone that may not sound still shows */ }
}
