//! What a claim is about, by the rule that reports it where it is wrong.

use std::str::FromStr;

use crate::form::TableId;

/// Declares the matters with the codes of their rules.
macro_rules! matters {
    ($($(#[$doc:meta])* $name:ident $code:literal,)+) => {
        /// What a claim is about: one rule reports all that is wrong of it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Matter {
            $($(#[$doc])* $name,)+
        }

        impl Matter {
            /// The code of its rule.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Matter::$name => $code,)+
                }
            }
        }

        impl FromStr for Matter {
            type Err = ();

            fn from_str(code: &str) -> Result<Self, ()> {
                match code {
                    $($code => Ok(Matter::$name),)+
                    _ => Err(()),
                }
            }
        }
    };
}

matters! {
    /// An indicator of the forms before 2019.
    Indicator "C001",
    /// Documents: 制发规范性文件4件.
    Documents "C201",
    /// Decisions: 行政许可300件.
    Decisions "C202",
    /// Applications that came in: 收到申请62件.
    Received "C301",
    /// Applications that were handled: 办结60件.
    Handled "C302",
    /// Applications carried in or out: 结转下年度6件.
    CarriedOver "C303",
    /// Applications granted, in whole or in part: 予以公开30件.
    Granted "C304",
    /// A group of outcomes: 不予公开2件.
    OutcomeGroup "C305",
    /// An outcome for its reason: 本机关不掌握20件.
    OutcomeReason "C306",
    /// Applications of a kind of applicants: 自然人56件.
    Applicants "C307",
    /// No application at all: 未收到申请.
    NoneReceived "C309",
    /// Reviews: 行政复议6件.
    Reviews "C401",
    /// Suits: 行政诉讼4件.
    Suits "C402",
    /// What became of disputes: 维持5件.
    DisputeResult "C403",
    /// No dispute at all: 未发生行政复议.
    NoneDisputed "C404",
}

impl Matter {
    /// The table that it is in.
    #[must_use]
    pub const fn table(self) -> TableId {
        match self {
            Matter::Indicator => TableId::Statistics,
            Matter::Documents | Matter::Decisions => TableId::Proactive,
            Matter::Reviews | Matter::Suits | Matter::DisputeResult | Matter::NoneDisputed => TableId::Disputes,
            _ => TableId::Requests,
        }
    }
}
