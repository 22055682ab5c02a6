using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Reports;

/// <summary>Nobody reports themselves.</summary>
public sealed record OwnSubject() : Error(ErrorKind.Unprocessable, "own-subject", "This is your own.");

/// <summary>The report waits for an answer.</summary>
public sealed record NotAnsweredYet() : Error(ErrorKind.Conflict, "not-answered-yet", "Nobody has decided on your report yet; you will be told.");

/// <summary>There is one contest of a report.</summary>
public sealed record ContestedAlready() : Error(ErrorKind.Conflict, "contested-already", "You have contested the answer to this report already.");

/// <summary>What was reported is no longer there: nobody decided anything.</summary>
public sealed record NothingToContest() : Error(ErrorKind.Conflict, "nothing-to-contest", "What you reported is no longer there.");
