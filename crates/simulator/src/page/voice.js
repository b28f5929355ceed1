// Voice messages: spoken and heard.

import { h, hue, iconButton } from "./dom.js";
import { icon } from "./icons.js";

const FORMATS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
const LONGEST = 5 * 60;

const time = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Starts recording and fills a bar with the controls; `done` is the recording, or nothing when it was thrown away. */
export async function record(bar) {
  if (!globalThis.MediaRecorder) throw new Error("This browser cannot record.");
  const { stream, note } = await listen();
  const recorder = new MediaRecorder(stream, { mimeType: FORMATS.find((format) => MediaRecorder.isTypeSupported(format)) });
  const chunks = [];
  const begun = performance.now();
  let keep = true;
  const stop = (keeping) => {
    keep = keeping;
    if (recorder.state !== "inactive") recorder.stop();
  };
  const shown = h("span.record-time", "0:00");
  const ticking = setInterval(() => {
    const seconds = (performance.now() - begun) / 1000;
    shown.textContent = time(seconds);
    if (seconds > LONGEST) stop(true);
  }, 250);
  bar.replaceChildren(
    iconButton("trash", "Throw the recording away", () => stop(false), "button.round"),
    h("div.pill.record-pill", h("span.record-dot", { "aria-hidden": "true" }), h("span.quiet", { role: "status" }, "Recording"), shown, h("span.record-note", note)),
    h("button.go", { type: "button", "aria-label": "Send the recording", title: "Send the recording", onclick: () => stop(true) }, icon("send")));
  const done = new Promise((resolve) => {
    recorder.ondataavailable = (event) => chunks.push(event.data);
    recorder.onstop = () => {
      clearInterval(ticking);
      for (const track of stream.getTracks()) track.stop();
      resolve(keep && chunks.length ? new Blob(chunks, { type: recorder.mimeType }) : null);
    };
  });
  recorder.start();
  return { done, cancel: () => stop(false) };
}

/** The microphone; without one, a tune, so that voice can be tried all the same. */
async function listen() {
  try {
    return { stream: await navigator.mediaDevices.getUserMedia({ audio: true }), note: "" };
  } catch {
    const audio = new AudioContext();
    const out = audio.createMediaStreamDestination();
    const voice = audio.createOscillator();
    const loudness = audio.createGain();
    voice.type = "triangle";
    voice.connect(loudness).connect(out);
    [262, 330, 392, 523, 392, 330].forEach((pitch, at) => {
      for (let round = 0; round < 50; round += 1) voice.frequency.setValueAtTime(pitch, audio.currentTime + (round * 6 + at) * 0.28);
    });
    loudness.gain.value = 0.25;
    voice.start();
    return { stream: out.stream, note: "No microphone: a tune" };
  }
}

let playing = null;

/** A voice message to listen to. */
export function player(source, message, onPlay) {
  const audio = new Audio();
  audio.preload = "metadata";
  audio.src = source;
  const button = iconButton("play", "Play the voice message", () => (audio.paused ? audio.play() : audio.pause()), "button.round.play");
  const seek = h("input.seek", { type: "range", min: 0, max: 100, step: 1, value: 0, "aria-label": "Position in the voice message", oninput: () => { if (Number.isFinite(audio.duration)) audio.currentTime = (seek.value / 100) * audio.duration; } });
  const length = h("span.voice-time", "0:00");
  const bars = h("span.bars", { "aria-hidden": "true" }, wave(message.id));
  const draw = () => {
    const known = Number.isFinite(audio.duration) && audio.duration > 0;
    length.textContent = time(audio.paused && !audio.currentTime ? (known ? audio.duration : 0) : audio.currentTime);
    const share = known ? (audio.currentTime / audio.duration) * 100 : 0;
    seek.value = share;
    [...bars.children].forEach((bar, at) => bar.classList.toggle("heard", at < (share / 100) * bars.children.length));
  };
  const dress = () => {
    button.replaceChildren(icon(audio.paused ? "play" : "pause"));
    button.setAttribute("aria-label", audio.paused ? "Play the voice message" : "Pause the voice message");
    draw();
  };
  // Recordings of a browser do not know how long they are until they have been read to the end.
  audio.onloadedmetadata = () => {
    if (!Number.isFinite(audio.duration)) {
      audio.ondurationchange = () => {
        if (!Number.isFinite(audio.duration)) return;
        audio.ondurationchange = null;
        audio.currentTime = 0;
        draw();
      };
      audio.currentTime = 1e7;
    } else draw();
  };
  audio.onplay = () => {
    if (playing && playing !== audio) playing.pause();
    playing = audio;
    dress();
    onPlay();
  };
  audio.onpause = dress;
  audio.onended = () => {
    audio.currentTime = 0;
    dress();
  };
  audio.ontimeupdate = draw;
  return h("div.voice", h("span.voice-mark", { "aria-hidden": "true" }, icon("mic")), button, h("span.track", bars, seek), length);
}

function wave(id) {
  let state = hue(id) + id.length;
  return Array.from({ length: 32 }, (_, at) => {
    state = (state * 73 + 41 + at * 7) % 101;
    return h("i", { style: { height: `${18 + (state % 82)}%` } });
  });
}
