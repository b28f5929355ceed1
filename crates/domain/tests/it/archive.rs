//! Names of files in an archive.

use std::collections::BTreeSet;

use pronto_domain::archive::file_name;
use proptest::prelude::*;

#[test]
fn names_stay_what_people_called_them() {
    for (name, mime, is) in [
        (Some("Invoice 12.pdf"), "application/pdf", "7 Invoice 12.pdf"),
        (Some("fattura àèì.PDF"), "application/pdf", "7 fattura àèì.PDF"),
        (Some("plan"), "application/pdf", "7 plan.pdf"),
        (Some("v1.2 final"), "text/plain", "7 v1.2 final.txt"),
        (None, "audio/ogg; codecs=opus", "7.ogg"),
        (Some(""), "image/jpeg", "7.jpg"),
        (None, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "7.bin"),
    ] {
        assert_eq!(file_name(7, name, mime), is);
    }
}

#[test]
fn names_meant_to_do_harm_are_only_names() {
    for (name, is) in [
        ("../../etc/passwd", "7 _.._etc_passwd.pdf"),
        ("C:\\windows\\x.exe", "7 C__windows_x.exe"),
        ("CON.txt", "7 CON.txt"),
        ("a\r\n\0b.txt", "7 a b.txt"),
        ("invoice\u{202e}fdp.exe", "7 invoicefdp.exe"),
        ("ends. . .", "7 ends.pdf"),
        ("<script>.html", "7 _script_.html"),
    ] {
        assert_eq!(file_name(7, Some(name), "application/pdf"), is);
    }
}

proptest! {
    #[test]
    fn every_name_can_be_unpacked_anywhere(name in ".{0,300}", mime in ".{0,40}") {
        let made = file_name(7, Some(&name), &mime);
        prop_assert!(made.len() <= 180, "{made}");
        prop_assert!(made.starts_with("7 ") || made.starts_with("7."), "{made}");
        let forbidden = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c);
        prop_assert!(!made.contains(forbidden), "{made:?}");
        prop_assert!(!made.ends_with([' ', '.']), "{made:?}");
    }

    #[test]
    fn no_two_files_have_the_same_name(names in prop::collection::vec("(a|A|\\.|/|x\\.txt){0,3}", 1..20)) {
        let made: BTreeSet<String> =
            (1_i64..).zip(&names).map(|(id, name)| file_name(id, Some(name), "text/plain").to_lowercase()).collect();
        prop_assert_eq!(made.len(), names.len());
    }
}
