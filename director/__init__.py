"""HOW an episode is made: settings, state, graph, nodes, session. LangGraph is known here and nowhere else."""
