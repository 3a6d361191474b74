//! The words of document symbols, from the lists of series symbols of the Dag Hammarskjöld Library
//! (<https://research.un.org/en/docs/symbols>) and from the symbols of some ten thousand documents.

/// What a symbol can begin with: organs, bodies and agencies of the United Nations system, and
/// bodies of the regional commissions that were written without `ECE/` before 2004.
pub(super) fn is_prefix(text: &str) -> bool {
    matches!(
        text,
        "CBD"
            | "CEP"
            | "CES"
            | "HBP"
            | "MP.PRTR"
            | "UNCTAD"
            | "A"
            | "APLC"
            | "BWC"
            | "CAC"
            | "CAT"
            | "CCPR"
            | "CCW"
            | "CD"
            | "CEB"
            | "CED"
            | "CEDAW"
            | "CERD"
            | "CLCS"
            | "CMW"
            | "CP.TEIA"
            | "CRC"
            | "CRPD"
            | "CTOC"
            | "DC"
            | "DND"
            | "DP"
            | "E"
            | "EB.AIR"
            | "ECE"
            | "ENERGY"
            | "ENVWA"
            | "ESCAP"
            | "ESCWA"
            | "FCCC"
            | "GC"
            | "HRI"
            | "HSP"
            | "ICCD"
            | "ID"
            | "IDB"
            | "ISBA"
            | "JIU"
            | "MP.EIA"
            | "MP.PP"
            | "MP.WAT"
            | "MP.WH"
            | "NPT"
            | "S"
            | "SPLOS"
            | "ST"
            | "T"
            | "TAO"
            | "TD"
            | "TDB"
            | "TIM"
            | "TRADE"
            | "TRANS"
            | "UNEP"
            | "UNFPA"
            | "UNIS"
            | "UNW"
    )
}

/// The longest prefix in bytes.
pub(super) const LONGEST_PREFIX: usize = 7;

/// The fewest digits of a symbol that is only a prefix and a number. Under these prefixes most
/// documents have a session or a body before the number, and "CRC/32" and "T/10" are other things.
pub(super) fn fewest_digits(prefix: &str) -> usize {
    match prefix {
        "T" | "CAT" | "CRC" | "DC" | "GC" | "ID" | "ST" | "TIM" => 4,
        "CD" => 3,
        _ => 1,
    }
}

/// Prefixes of the Economic Commission for Europe's bodies that have needed `ECE/` since 2004.
pub(super) fn stood_alone(prefix: &str) -> bool {
    matches!(prefix, "CEP" | "CES" | "HBP" | "TIM" | "ENVWA" | "TRADE" | "TRANS" | "ENERGY")
        || is_convention(prefix)
}

/// The bodies of the conventions that the Economic Commission for Europe serves.
pub(super) fn is_convention(text: &str) -> bool {
    CONVENTIONS.contains(&text)
}

/// See [`is_convention`].
pub(super) const CONVENTIONS: [&str; 7] =
    ["EB.AIR", "CP.TEIA", "MP.EIA", "MP.PP", "MP.PRTR", "MP.WAT", "MP.WH"];

/// Parts of nothing but letters.
#[allow(clippy::too_many_lines, reason = "a flat table; the compiler finds in it by length")]
pub(super) fn is_name(text: &str) -> bool {
    matches!(
        text,
        "ECA"
            | "HLPF"
            | "NC"
            | "TEC"
            | "AC"
            | "ADN"
            | "ADR"
            | "AGRI"
            | "AI"
            | "Agenda"
            | "B"
            | "BP"
            | "BUR"
            | "C"
            | "CBD"
            | "CECI"
            | "CEFACT"
            | "CEP"
            | "CES"
            | "CGIP"
            | "CMA"
            | "CMP"
            | "CO"
            | "CON"
            | "CONF"
            | "COP"
            | "COSP"
            | "CP"
            | "CRP"
            | "CTCS"
            | "CW"
            | "DC"
            | "DCIT"
            | "DEC"
            | "DSB"
            | "EB"
            | "ECE"
            | "ENERGY"
            | "ESCAP"
            | "ESCWA"
            | "EX"
            | "FFDF"
            | "FINI"
            | "GC"
            | "GEN"
            | "GEURL"
            | "GUI"
            | "GUID"
            | "HA"
            | "HBP"
            | "HLS"
            | "HR"
            | "HRC"
            | "HUBS"
            | "IC"
            | "ICEF"
            | "IDP"
            | "INC"
            | "INCB"
            | "INF"
            | "IPBES"
            | "IPM"
            | "KP"
            | "LAT"
            | "MC"
            | "MIN"
            | "MP"
            | "NGO"
            | "NOTE"
            | "NPT"
            | "OB"
            | "OC"
            | "OECPR"
            | "OPA"
            | "OPAC"
            | "OPSC"
            | "OS"
            | "PA"
            | "PC"
            | "PREP"
            | "PRST"
            | "PV"
            | "RCTE"
            | "REP"
            | "RES"
            | "RID"
            | "S"
            | "SB"
            | "SBI"
            | "SBSTA"
            | "SC"
            | "SD"
            | "SEA"
            | "SEM"
            | "SG"
            | "SGB"
            | "SOA"
            | "SPC"
            | "SPT"
            | "SR"
            | "STAT"
            | "TIB"
            | "TIM"
            | "TP"
            | "TRADE"
            | "TRANS"
            | "UPR"
            | "WG"
            | "WP"
            | "WUF"
    )
}

/// The capital form of names that are typed in small letters. Only names that mean nothing else.
pub(super) fn name_in_capitals(text: &str) -> Option<&'static str> {
    match text {
        "res" | "Res" => Some("RES"),
        "hrc" | "Hrc" => Some("HRC"),
        "prst" | "Prst" => Some("PRST"),
        "dec" | "Dec" => Some("DEC"),
        "inf" | "Inf" => Some("INF"),
        _ => None,
    }
}

/// Words before a dot whose part is a body: `WP.30`, `CN.9`. A body alone is not a document.
pub(super) fn is_organ(text: &str) -> bool {
    matches!(
        text,
        "AC" | "C"
            | "CN"
            | "CONF"
            | "EA"
            | "EB"
            | "GC"
            | "GCSS"
            | "GE"
            | "HA"
            | "HLS"
            | "IPBES"
            | "IPM"
            | "OC"
            | "OECPR"
            | "PC"
            | "RC"
            | "SC"
            | "Sess"
            | "SS"
            | "Sub"
            | "WG"
            | "WP"
    )
}

/// Words before a dot whose part is a paper: `L.3`, `INF.2`, `PV.9743`.
pub(super) fn is_paper(text: &str) -> bool {
    matches!(
        text,
        "COMM"
            | "CRP"
            | "DEC"
            | "Dec"
            | "INF"
            | "Inf"
            | "L"
            | "Misc"
            | "MISC"
            | "NGO"
            | "NL"
            | "PET"
            | "PM"
            | "Prog"
            | "PV"
            | "R"
            | "Res"
            | "RES"
            | "SER"
            | "SR"
            | "Supp"
            | "TEMP"
            | "TP"
    )
}

/// The part after a city whose conference has its own symbol: `BELGRADE.CONF`.
pub(super) const CONFERENCE: &str = "CONF";

/// The bodies under a prefix, one of which a misspelt word may mean.
pub(super) fn bodies(prefix: &str) -> &'static [&'static str] {
    match prefix {
        "ECE" => &[
            "ADN", "CECI", "CEP", "CES", "CTCS", "ENERGY", "HBP", "RCTE", "TIM", "TRADE", "TRANS",
            "CP.TEIA", "EB.AIR", "MP.EIA", "MP.PP", "MP.PRTR", "MP.WAT", "MP.WH",
        ],
        "HSP" => &["EB", "GC", "HA", "OECPR", "WUF"],
        "A" => &["HRC", "RES", "CONF", "INF", "DEC"],
        "S" => &["NC", "RES", "PRST", "INF", "Agenda"],
        "E" => &["ECA", "ECE", "HLPF", "ESCAP", "ESCWA", "ICEF", "INCB", "RES", "DEC", "INF"],
        "ST" => &["SG", "SGB", "AI", "IC", "HR"],
        _ => &[],
    }
}
