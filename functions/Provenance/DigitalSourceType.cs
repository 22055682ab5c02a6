using ServerlessSocial.Platform;

namespace ServerlessSocial.Provenance;

/// <summary>How a picture came to be, in the words of IPTC's vocabulary of digital source types (https://cv.iptc.org/newscodes/digitalsourcetype/).</summary>
public enum DigitalSourceType
{
    /// <summary>A model made it, trained on works of others.</summary>
    [StandsForUnknown]
    TrainedAlgorithmicMedia,

    /// <summary>Put together of several, one of which such a model made or changed.</summary>
    CompositeWithTrainedAlgorithmicMedia,

    /// <summary>Taken by a camera.</summary>
    DigitalCapture,

    /// <summary>Put together by a camera of several shots.</summary>
    ComputationalCapture,

    /// <summary>Scanned from a negative.</summary>
    NegativeFilm,

    /// <summary>Scanned from a slide.</summary>
    PositiveFilm,

    /// <summary>Scanned from paper.</summary>
    Print,

    /// <summary>Changed by a person.</summary>
    HumanEdits,

    /// <summary>Improved by a program that a model is part of.</summary>
    AlgorithmicallyEnhanced,

    /// <summary>Drawn by a person with a program.</summary>
    DigitalCreation,

    /// <summary>Drawn from data.</summary>
    DataDrivenMedia,

    /// <summary>Made by a program that was trained on nothing.</summary>
    AlgorithmicMedia,

    /// <summary>What a screen showed.</summary>
    ScreenCapture,

    /// <summary>Recorded of something made.</summary>
    VirtualRecording,

    /// <summary>Put together of several.</summary>
    Composite,

    /// <summary>Put together of several shots.</summary>
    CompositeCapture,

    /// <summary>Put together of several, some of them made.</summary>
    CompositeSynthetic,
}
