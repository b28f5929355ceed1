// Icons, drawn on a grid of 24 with one stroke.

const PATHS = {
  back: "M15 5l-7 7 7 7",
  plus: "M12 5v14M5 12h14",
  send: "M4.5 12l15-7.5-4 15-4-6zM11.5 13.5l8-9",
  mic: "M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  smile: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.5M15 9.5v.5",
  clip: "M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.5-7.5",
  camera: "M4 8h3l1.6-2.5h6.8L17 8h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM12 10a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8z",
  image: "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM3.5 17l5-5.5 4 4 3-3 5 5M15.5 9.2v.1",
  sparkle: "M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8zM19 16v4M17 18h4",
  document: "M7 3h7l5 5v12a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM14 3v5h5M9 13h6M9 17h6",
  pin: "M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.500C5 14.800 12 21 12 21zM12 7.200a2.600 2.600 0 1 1 0 5.200 2.600 2.600 0 0 1 0-5.200z",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.500 20a7.500 7.500 0 0 1 15 0",
  close: "M6 6l12 12M18 6L6 18",
  more: "M12 5.500v.1M12 12v.1M12 18.500v.1",
  down: "M6 9.500l6 6 6-6",
  reply: "M10 6L4 12l6 6M4.500 12H14a6 6 0 0 1 6 6v1",
  copy: "M9 9h10v11H9zM5 15V4h10",
  edit: "M5 19l1-4L16.500 4.500l3 3L9 18zM14.500 6.500l3 3",
  trash: "M5 7h14M9 7V4.500h6V7M7 7l1 13h8l1-13M10.500 11v5.500M13.500 11v5.500",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.500l3 2",
  list: "M8 6.500h12M8 12h12M8 17.500h12M4 6.500v.1M4 12v.1M4 17.500v.1",
  link: "M14 4h6v6M20 4l-9 9M18 14v5H5V6h5",
  call: "M6 3.500h3l1.500 5-2 1.500a12 12 0 0 0 5.500 5.500l1.500-2 5 1.500v3a2 2 0 0 1-2 2A16.500 16.500 0 0 1 4 5.500a2 2 0 0 1 2-2z",
  power: "M12 4v8M7.500 6.500a7.500 7.500 0 1 0 9 0",
  settings: "M4 7h9M17 7h3M15 4.800v4.400M4 17h3M11 17h9M9 14.800v4.400",
  play: "M8 5.500l11 6.500-11 6.500z",
  pause: "M8.500 5.500v13M15.500 5.500v13",
  blocked: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM6.500 6.500l11 11",
  chat: "M5 4.500h14a1.500 1.500 0 0 1 1.500 1.500v9.500a1.500 1.500 0 0 1-1.500 1.500h-7l-5 4v-4H5a1.500 1.500 0 0 1-1.500-1.500V6A1.500 1.500 0 0 1 5 4.500z",
  video: "M3.500 7h11v10h-11zM14.500 11l6-3.500v9l-6-3.500",
  eyeOff: "M4 4l16 16M9.500 6a9.500 9.500 0 0 1 11 6 11 11 0 0 1-2 3.200M6.500 7.700A11 11 0 0 0 3.500 12a9.500 9.500 0 0 0 12.500 5.300M10 10a3 3 0 0 0 4 4",
  desk: "M3.500 5h17v11h-17zM9 20h6M12 16v4",
};

const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

const TICKS = {
  pending: ["Waiting for the phone to be on", "M8 3.200a4.800 4.800 0 1 1 0 9.600 4.800 4.800 0 0 1 0-9.600zM8 5.200V8l2 1.400"],
  sent: ["Sent", "M3 8.500l3.200 3.200L13 4.500"],
  delivered: ["Delivered", "M1 8.500l3.200 3.200L11 4.500M8 11.200l.5.500L15.500 4.500"],
  read: ["Read", "M1 8.500l3.200 3.200L11 4.500M8 11.200l.5.500L15.500 4.500"],
};

/** How far a message of one's own has got. */
export function tick(status) {
  const [label, d] = TICKS[status] ?? TICKS.sent;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `tick tick-${status}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}
