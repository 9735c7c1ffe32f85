"""The graph: every node, edge and fan-out of the production, on one page."""

from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from director import nodes, routes
from director.context import Studio
from director.state import BranchOutput, EpisodeState, SceneState, ShotState

EpisodeGraph = CompiledStateGraph[EpisodeState, Studio, EpisodeState, EpisodeState]

RECURSION_LIMIT = 120
"""Supersteps of one run; the library's own limit would allow 10,007 paid rounds."""


def build_scene_graph() -> CompiledStateGraph[Any, Studio, Any, Any]:
    """Return the branch of one scene: it plans as soon as its own lines are spoken."""
    graph = StateGraph(SceneState, context_schema=Studio, output_schema=BranchOutput)
    graph.add_node(nodes.speak_lines)
    graph.add_node(nodes.plan_shots)
    graph.add_edge(START, "speak_lines")
    graph.add_edge("speak_lines", "plan_shots")
    return graph.compile()


def build_shot_graph() -> CompiledStateGraph[Any, Studio, Any, Any]:
    """Return the branch of one clip: it is finished as soon as its own take is there."""
    graph = StateGraph(ShotState, context_schema=Studio, output_schema=BranchOutput)
    graph.add_node(nodes.render)
    graph.add_node(nodes.conform)
    graph.add_edge(START, "render")
    graph.add_edge("render", "conform")
    return graph.compile()


def build_sound_graph() -> CompiledStateGraph[Any, Studio, Any, Any]:
    """Return the branch of one scene's score and sound; both know the cuts."""
    graph = StateGraph(SceneState, context_schema=Studio, output_schema=BranchOutput)
    graph.add_node(nodes.score)
    graph.add_node(nodes.sound)
    graph.add_edge(START, "score")
    graph.add_edge(START, "sound")
    return graph.compile()


def build_graph(checkpointer: BaseCheckpointSaver[str] | None = None) -> EpisodeGraph:
    """Return the compiled graph. Without a checkpointer it can't pause, but be played again from the record."""
    graph = StateGraph(EpisodeState, context_schema=Studio)

    graph.add_node(nodes.read_sources)
    graph.add_node(nodes.write_script)
    graph.add_node(nodes.check_script)
    graph.add_node(nodes.revise_script)
    graph.add_node(nodes.approve_script)
    graph.add_node("prepare_scene", build_scene_graph())
    graph.add_node(nodes.gather_scenes)
    graph.add_node(nodes.check_shots)
    graph.add_node(nodes.revise_shots)
    graph.add_node(nodes.lay_cut)
    graph.add_node("shoot", build_shot_graph())
    graph.add_node("sound_scene", build_sound_graph())
    graph.add_node(nodes.assemble)
    graph.add_node(nodes.review)
    graph.add_node(nodes.rewrite)
    graph.add_node(nodes.revoice)
    graph.add_node(nodes.reshoot)
    graph.add_node(nodes.recut)
    graph.add_node(nodes.shoot_finals)
    graph.add_node(nodes.approve_cut)
    graph.add_node(nodes.finish_episode)

    graph.add_conditional_edges(START, routes.from_start, ["read_sources", "prepare_scene"])
    graph.add_edge("read_sources", "write_script")
    graph.add_edge("write_script", "check_script")
    graph.add_conditional_edges(
        "check_script", routes.after_script, ["revise_script", "approve_script", "prepare_scene", "finish_episode"]
    )
    graph.add_edge("revise_script", "check_script")
    graph.add_conditional_edges("approve_script", routes.after_approval, ["prepare_scene", "finish_episode"])
    graph.add_edge("prepare_scene", "gather_scenes")
    graph.add_edge("gather_scenes", "check_shots")
    graph.add_conditional_edges("check_shots", routes.after_shots, ["revise_shots", "lay_cut"])
    graph.add_edge("revise_shots", "check_shots")
    graph.add_conditional_edges("lay_cut", routes.after_cut, ["shoot", "sound_scene", "finish_episode"])
    graph.add_edge("shoot", "assemble")
    graph.add_edge("sound_scene", "assemble")
    graph.add_edge("assemble", "review")
    graph.add_conditional_edges(
        "review",
        routes.after_review,
        ["rewrite", "revoice", "reshoot", "recut", "shoot_finals", "approve_cut", "finish_episode"],
    )
    graph.add_edge("rewrite", "check_script")
    graph.add_conditional_edges("revoice", routes.each_scene, ["prepare_scene"])
    graph.add_edge("reshoot", "lay_cut")
    graph.add_edge("recut", "lay_cut")
    graph.add_edge("shoot_finals", "lay_cut")
    graph.add_edge("approve_cut", "finish_episode")
    graph.add_edge("finish_episode", END)
    return graph.compile(checkpointer=checkpointer)
